"""Where settings come from: variables, `.env`, files with secrets; read as people write them."""
