# Bir listenin daha az numarası: kontrol edilmeyecekler listesi ve başka listeler.

button-pick = Hariç tut…
pick-ask = Hangi numaralar dışarıda kalsın? Bunun için bir şey harcanmaz.
button-pick-without = Yalnızca şurada olmayanlar…
button-pick-common = Yalnızca şurada da olanlar…
button-pick-ask = Bunları hiç kontrol etme

# Kontrol edilmeyecekler listesi.
never-ask = { $numbers } numara bundan sonra hiçbir listeye girmeyecek. Numaranın okunamadığı parmak izlerini saklar, bu listeyi silerim. Böyle kalsın mı?
list-never = 🚫 <b>{ $title }</b>: { $numbers } numara bundan sonra hiçbir listeye girmeyecek. Bu liste silindi; hiçbir şey harcanmadı.
never-where = /privacy, kontrol edilmeyecekler listenizde kaç numara olduğunu gösterir ve onu boşaltır.
never-where-here = <code>/settings{ $bot }</code>, kontrol edilmeyecekler listesinde kaç numara olduğunu gösterir ve onu boşaltır. Sonuçlar özel gidiyorsa herkesin listesi kendisinindir; özel sohbetimizde, sakladıklarımın yanında durur.
never-too-many = Bu listeyle kontrol edilmeyecekler listesinde { $maximum } numaradan fazlası olurdu. Liste olduğu gibi duruyor.
never-standing = 🚫 Kontrol edilmeyecekler listesinde: <b>{ $numbers } numara</b>, { $date } tarihinden beri. Listelere girmezler ve liste boşaltılana kadar kalırlar.
button-empty = Kontrol edilmeyecekleri boşalt
never-empty-ask = <b>Boşaltılsın mı?</b> O zaman bu numaralar yine listelere girer. Numaraları değil, yalnızca parmak izlerini saklıyorum; geri almak için onları yeniden göndermeniz gerekir.
never-emptied = Kontrol edilmeyecekler listesi boş. Artık hiçbir şey dışarıda bırakılmıyor.
never-kept = Kontrol edilmeyecekler listesi olduğu gibi duruyor.
list-excluded = { $numbers } numara kontrol edilmeyecekler listenizde · dışarıda bırakıldı
list-excluded-in = Kontrol edilmeyecekler listenizdeki numaralar dahil edildi
button-excluded-in = Kontrol edilmeyecek { $numbers } numarayı dahil et
button-excluded-out = Kontrol edilmeyecekleri çıkar
reason-excluded = kontrol edilmeyecekler listenizde
trouble-all_excluded = İçinde kontrol edilecek bir şey kalmadı.
trouble-sealed = Kontrol edilmeyecekler listenizi açamıyorum, bu yüzden hangi numaraları dışarıda bırakacağımı bilmiyorum. Nedenini bot sahibi görebilir. Ya da onu boşaltıp listeyi yeniden gönderin.

# Yan yana iki liste.
compare-without = Hangi listenin numaraları dışarıda kalsın?
compare-common = Yalnızca hangi listenin numaraları kalsın?
button-beside = { $source } · { $numbers } · { $date }
compare-title-without = { $title } · şurada yok: { $source }
compare-title-common = { $title } · şurada da var: { $source }
compare-no-other = Burada numaraları hâlâ saklanan başka bir listeniz yok.
compare-all-common = <b>{ $title }</b> içindeki her numara <b>{ $source }</b> içinde de var, bu yüzden liste yapmadım.
compare-none-common = <b>{ $title }</b> içindeki hiçbir numara <b>{ $source }</b> içinde yok, bu yüzden liste yapmadım.
