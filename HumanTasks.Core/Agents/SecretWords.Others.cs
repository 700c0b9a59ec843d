namespace HumanTasks.Core.Agents;

internal sealed partial record SecretWords
{
    private static SecretWords Polish => new()
    {
        Things = Everywhere + "|hasl(o|a|em|u|e)|haslo (jednorazowe|dostepu|do \\w+)|(kod|kodu|kodem|kody|numer|numeru) (pin|blik|cvv|cvc|sms|otp|dostepu|weryfikacyjn\\w+|zabezpieczajac\\w+|potwierdzajac\\w+|autoryzacyjn\\w+|aktywacyjn\\w+|jednorazow\\w+|bezpieczenstwa|logowania|odblokow\\w+|odzyskiwania|uwierzytelniajac\\w+|zapasow\\w+|alarmu)|(jednorazow\\w+|weryfikacyjn\\w+|tajn\\w+|[a-z]+cyfrow\\w+|[3-9][ -]?cyfrow\\w+) (kod|kodu|pin|numer|numeru|haslo)|"
            + "kodu?,? (z|ze) (sms|sms ?'?a|wiadomosci|aplikacji|e ?-?maila)( \\w+)?|kodu?,? ktory( \\w+){0,4}|(numeru?|danych|dane|cyfry|cyfr) (\\w+ )?(karty|kart)( (kredytowej|platniczej|debetowej|bankomatowej))?|karta kredytowa|(cyfry|cyfr|kod) z (tylu|odwrotu)( \\w+)?( karty)?|klucz(a|e|y)? (api|prywatn\\w+|ssh|dostepu|tajn\\w+|szyfr\\w+|odzyskiwania)|(prywatn\\w+|tajn\\w+) klucz(a|e|y)?|token(u|y|ow)?( dostepu)?|fraz(a|e|y) (seed|odzyskiwania|zapasow\\w+)|dan(e|ych) (logowania|do logowania|dostepowe)|danych logowania|slow(a)? (odzyskiwania|seed)|pin(u|em)|tajna odpowiedz",
        Asks = "poda(j|jcie|c|je|nie)|wpis(z|zcie|ac|uj)|wprowadz(cie|ic)?|wyslij(cie)?|wyslac|przeslij(cie)?|przeslac|przekaz(cie|ac)?|przekazanie|udostepnij(cie)?|powiedz(cie|iec)?|napisz(cie)?|potwierdz(cie|ic)?|wypelnij|uzupelnij|zdradz(cie|ic)?|odpowiedz|odpisz|wklej(cie)?|skopiuj|zweryfikuj|dolacz|ujawnij|pokaz|powtorz|przypomnij|podyktuj|wskaz|zapisz|podeslij|(potrzebujemy|potrzebuje|potrzebny|potrzebna|potrzebne)( jest| bedzie| nam)?|wymagamy|prosimy o( \\w+nie)?|prosze o( \\w+nie)?|chcielibysmy (znac|poznac)|chcemy (znac|poznac)|poznac|jak(ie|i|a)( jest| sa)?|jak brzmi|jakiego|jakich|ktor(ego|y|e)|czy (mozesz|moze pan|moze pani|mozna) (podac|nam podac|mi podac|wyslac|przeslac)|(mozesz|moze pan|moze pani)( nam| mi)? (podac|wyslac|przeslac)|ustaw|wybierz",
        AsksAfter = "prosze|tutaj|tu|ponizej|(jest |sa )?(wymagan|potrzebn|niezbedn|konieczn)(e|y|a)|uzywasz|(uzywa|stosuje) (pan|pani)|podac|wpisac|w (to|tym) pol(e|u)|w polu",
        Between = "ile|ilu|kiedy|dlaczego|czy|ze|jak|kto|gdzie|liczb(a|e|y)|dlugosc|dlugosci|dat(a|e|y)|nazw(a|e|y)|uzytkownik\\w*|klient\\w*|pracownik\\w*|osob\\w*|kolegow|powod|powody|zasad\\w*|polityk\\w*|regul\\w*|o|dotyczac\\w*|zapomn\\w*|zmian\\w*|zmien\\w*|reset\\w*|zresetow\\w*|utrat\\w*|zgub\\w*|wygas\\w*|przechow\\w*|zapis\\w*|sil(a|e|y)|bezpieczenstw\\w*|opini\\w*|doswiadcz\\w*|uwag\\w*|sugesti\\w*|zarzadz\\w*|menedzer\\w*|najleps\\w*|minimaln\\w*|maksymaln\\w*|siln\\w*|slab\\w*|dokument\\w*|link\\w*|temat\\w*|bez|rotacj\\w*|odnow\\w*|wszystkie|wiecej|procedur\\w*|roznic\\w*|wymag\\w*",
        HeadsAfter = "(zapomnian|wygasl|slab|siln|zmienion|publiczn)\\w*",
        HeadsBefore = "(polityk\\w*|dlugosc\\w*|zmian\\w*|menedzer\\w*|zarzadzani\\w*|reset\\w*|zresetowani\\w*|zapomnieni\\w*|utrat\\w*|liczb\\w*|sil\\w*|bezpieczenstw\\w*|zasad\\w*|rotacj\\w*|odnowieni\\w*|wygasnieci\\w*|wygasani\\w*|zlozonosc\\w*|przechowywani\\w*|kradziez\\w*|wyciek\\w*|ochron\\w*|temat\\w*|pol\\w*|format\\w*|odzyskiwani\\w*|wymian\\w*|waznosc\\w*|histori\\w*|prosb\\w*)( (do|swojego|twojego|pana|pani|o))?",
        Fillers = "twoj\\w*|swoj\\w*|moj\\w*|pana|pani|panstwa|nowe|nowy|stare|stary|aktualne|obecne|obecny|pelny|pelne|prosze|tutaj|tu|powtorz|potwierdz|wymagane|wymagany|opcjonalne|i|lub|do|dla|z|konta|karty|banku|bankowosci|uzytkownika|administratora|wifi|e|mail|cyfr|znakow|[0-9]+|tajne|tajny|osobiste|numer|kod",
        Negations = "nigdy|nie|bez|nikt|nikomu|zadn\\w*|prosze nie",
        Reminders = "zapomnij|zapomnie\\w*|wahaj\\w*|boj",
        Topics = "ile|ilu|kiedy|dlaczego|jak (?!brzmi)|kto|gdzie|czy (?!mozesz|moze pan|moze pani|mozna prosic)|co|jak dlugie|jakie sa (?!(cyfry|ostatnie|pierwsze|dwie|trzy|cztery|szesc|twoje dane))|jaka (?!jest (twoj|pan))|jaki (?!jest|pin|kod|numer|token|klucz)|ktorzy|ktora",
    };

    private static SecretWords Japanese => new()
    {
        Spaced = false,
        Script = "[\u3040-\u30ff\u4e00-\u9fff]",
        Things = "パスワード|暗証番号|暗証コード|合言葉|パスコード|パスフレーズ|ピンコード|pin ?コード|pin ?番号|pin|otp|cvv|cvc|(認証|確認|検証|セキュリティ|ワンタイム|アクセス|ログイン|バックアップ|復元|復旧|リカバリー|解除|二段階|2段階|ロック解除|使い捨て|一時)(用)?の?(コード|番号|パスワード|キー)|[0-9一二三四五六七八]+(桁|けた)の(確認|認証|セキュリティ)?(コード|番号|数字)|(sms|メール|ショートメッセージ|アプリ)(で|に|から|へ)?(送った|届いた|送られた|受け取った|送信した|お送りした|表示された|の)[^、。]{0,8}?(コード|番号)|"
            + "(クレジット|デビット|キャッシュ|銀行)?カード(の)?(番号|情報|裏面の[0-9三]桁|裏の[0-9三]桁)|クレジットカード|カード(の)?裏(面)?の[^、。]{0,8}?(数字|番号|コード)|(api|秘密|プライベート|アクセス|暗号化|署名|ssh|シークレット|マスター)[ ・-]?(キー|鍵|トークン)|秘密鍵|(api|アクセス|認証|セッション)?トークン|シードフレーズ|(リカバリー|復元|回復|ニーモニック)フレーズ|(ログイン|認証)(情報|id)|秘密の(答え|質問の答え)|password|passcode|token",
        Asks = "教えて|入力|記入|送って|送信して|お知らせください|(必要なのは)|(知りたいのは)|次の(情報|項目)",
        AsksAfter = "(教えて|入力(して|を|欄に|しな|する必要|が必要|願|いただ)|ご入力|入力$|記入|お?知らせ(ください|下さい|願|いただ)|送って|送信|お送り|返信|提供|共有して|提示|書いて|打ち込|貼り付け|伝えて|お伝え|コピーして|見せて|お聞かせ|をお願い|を(ください|下さい|頂け|いただけ|もらえ|くれ))|(は|って)(何|なん|なに)(です|でしょう|ですか|だ|桁の何|ですよね|$)|は[?？]|(が|は|も)必要(です|なので|になり|となり|$)|をどうぞ",
        Between = "(方法|ポリシー|規則|ルール|変更|リセット|再設定|忘れ|失念|管理|長さ|文字数|(?<!と有効)期限|有効期間|強度|要件|数は|件数|回数|何人|何回|いつ|なぜ|どのよう|どう|理由|担当|誰|設定済|かどうか|について|に関する|関する|保管|漏洩|流出|更新|失効|日付|最低|の名前|欄の|機能|生成|確認した|した日|したか|の履歴|の手順|の質問|に対する|マネージャー)",
        HeadsAfter = "(の)?(方法|ポリシー|規則|ルール|変更|リセット|再設定|再発行|管理|マネージャー|長さ|文字数|桁数|期限|有効期限|有効期間|強度|要件|失念|忘れ|漏洩|流出|更新|失効|ローテーション|保管|保存|設定|履歴|手順|マニュアル|欄|機能|生成|認証方式|不要|なし|レス|入力回数|試行|ハッシュ|共有ルール|セキュリティ対策|使い回し|関連|問題|件数|最小|最低|運用|利用者|数)",
        Fillers = "あなたの|お客様の|ご|お|の|を|は|が|新しい|現在の|古い|旧|新|再|確認用|確認|入力|必須|任意|ください|下さい|[0-9]+|桁|文字|用|半角|英数字|ログイン|アカウント|管理者|銀行|カード|wi-?fi",
        Negations = "(しない|入力せず|教えない|送らない|共有しない|記入しない|伝えない|聞かない|求めない|お聞きしません|求めません|聞きません|尋ねません|しません|不要|なしで|書かない|ことはありません|絶対に|決して|禁止)",
        Topics = "何人|何回|どのくらい|いつ|なぜ|どのように",
    };

    private static SecretWords Chinese => new()
    {
        Spaced = false,
        Script = "\\A[^\u3040-\u30ff]*[\u4e00-\u9fff][^\u3040-\u30ff]*\\z",
        Things = "(登录|登陆|支付|取款|银行卡|账户|账号|帐号|交易|手机|开机|解锁|管理员|一次性|动态|临时|原|新|旧|当前)?密码|口令|动态口令|密钥|私钥|(api|访问|加密|ssh|签名|主)[ -]?(密钥|秘钥|key)|秘钥|令牌|(访问|api|身份)?令牌|token|验证码|校验码|动态码|安全码|确认码|授权码|激活码|恢复码|备用码|pin ?码?|otp|cvv2?( ?码)?|cvc2?( ?码)?|(信用卡|银行卡|借记卡|储蓄卡|卡)(的)?(卡号|号码|号|信息|背面的?[^，。]{0,4}?(数字|码))|卡号|卡(片)?背面的?[^，。]{0,4}?(数字|码|号码)|助记词|种子短语|恢复短语|(登录|账户)凭据|凭证|password|(短信|手机|邮箱|邮件)(里|中|上)?(收到)?的?[^，。]{0,6}?(代码|数字码|code)|[四五六0-9]+位(数)?(的)?(代码|数字码|验证码|安全码)|信用卡",
        Asks = "请?(再次|重新)?(输入|填写|填入|提供|告诉|告知|发送|发来|发给|发|回复|回答|给出|给|写下|写|说出|说一下|提交|上传|粘贴|确认|核实|分享|共享|报|报出|透露|展示|出示|补充|录入|键入|留下|把|将|附上|念|复制|设置|选择|重复)(一下|我们?|您的|你的|出)?|需要(您|你|知道|获取|核对)?|想(要)?知道|(什么|哪个)是|问(一下)?|索取|麻烦|(?<!不)要(您|你)?的?",
        AsksAfter = "(是|为)(什么|多少|啥|哪个|几)|(告诉|告知|发给|发送给|发送到|发到|发|提供给|给|报给|透露给|写在|填在|输入到|输入|填写|回复|交给|粘贴到)(我|我们|客服|他|她|对方|这里|下面|下方|此处|一下|过来|本|这个)?|必填|到(这里|下面|下方|此处)",
        Between = "(策略|政策|规则|规定|长度|位数|强度|要求|管理|重置|修改|更改|变更|找回|忘记|遗忘|丢失|泄露|过期|到期|有效期|更新|轮换|存储|保存|加密方式|多少人|几次|几个人|人数|次数|数量|多久|何时|什么时候|为什么|如何|怎么|怎样|是否|谁|哪些|哪位|日期|时间|原因|理由|意见|看法|建议|反馈|经验|关于|有关|名称|姓名|用户|员工|客户|同事|文档|链接|主题|方案|流程|无需|不需要|最低|最少|最小)",
        HeadsAfter = "的?(策略|政策|规则|规定|长度|位数|强度|要求|管理|管理器|重置|修改|更改|变更|找回|忘记|遗忘|丢失|泄露|过期|到期|有效期|更新|轮换|存储|保存|安全培训|安全|保护|输入框|字段|问题|功能|格式|复杂度|历史|次数|错误|失败|登录方式|生成器|使用情况|共享|数量|申请|服务|机制|方案|流程|文档|已|和用户名字段|是否|多久|应该|应|什么时候|何时|怎么|如何|是(如何|怎么|怎样|否)|输入(错误|失败|框|次数)|尝试)",
        HeadsBefore = "(忘记|忘了|重置|修改|更改|更换|找回|丢失|泄露|轮换|管理|存储|保存|保护|更新|加密|无|没有|强|弱|公共|使用)(了|过|他们的|自己的|您的|你的|其|的)*",
        Fillers = "短信|手机|邮箱|微信|支付宝|网银|收到|您的|你的|我的|请|新的|旧的|当前|确认|再次|重复|输入|填写|必填|选填|账户|账号|银行|信用|管理员|用户|登录|[0-9]+|位|数字|的|完整|wi-?fi|和|或|后|四|六",
        Negations = "(不要|请勿|切勿|勿|别|不得|不会|绝不|从不|禁止|无需|不用|不必|不需要|没有人|任何人都不|不能|不应|不可|避免)",
        Reminders = "(忘记|忘了|犹豫|担心|客气)",
        Topics = "(多少人|有多少|几次|什么时候|何时|为什么|如何|怎么|怎样|是否|谁|哪些|上周有|上次)",
    };

    private static SecretWords Arabic => new()
    {
        Spaced = false,
        Script = "[\u0600-\u06ff]",
        Things = "كلم(ة|ات|تك|تكم) ?(ال)?(مرور|سر)(ك|كم|ي|ية|كِ)?|كلمة (مرورك|سرك|مروركم)|كلمة السر|كلمتك السرية|الباسورد|باسورد|باسوورد|الرقم السري|رقمك السري|رقم سري|الرمز السري|رمزك السري|(ال)?رمز (ال)?(تحقق|تأكيد|أمان|دخول|سري|تفعيل|مصادقة|مؤقت|وصول|استرداد|تعريف الشخصي|pin|otp|cvv|الذي (أرسلناه|وصلك|استلمته|تلقيته))[^.،؟]{0,12}?|رمز (التحقق|التأكيد|الأمان|الدخول|التفعيل|المصادقة|الوصول|الاسترداد|القفل)|الرمز (المكون من|المؤلف من|الذي|المرسل|المؤقت|الوارد|المستلم)[^.،؟]{0,14}|الكود|كود (التحقق|التفعيل|الأمان)|pin|otp|cvv|cvc|(رقم|أرقام|بيانات|تفاصيل|معلومات) (ال)?بطاق(ة|ت)(ك|كم|ي|ه)?( (الائتمان|الائتمانية|البنكية|المصرفية|الخصم))?|رقم بطاقة (الائتمان|الخصم|البنك)|بطاقة الائتمان|الأرقام (الثلاثة|الأربعة|الموجودة|المطبوعة)[^.،؟]{0,10}(خلف|ظهر)[^.،؟]{0,14}|(ال)?مفتاح(ك)? (ال)?(api|خاص|سري|ssh|وصول|تشفير|واجهة)[^.،؟]{0,4}|المفتاح الخاص|مفتاحك الخاص|مفتاح (api|الوصول|التشفير|الواجهة البرمجية)|رمز (ال)?(api|الوصول)|التوكن|(ال)?عبارة (ال)?(استرداد|استعادة|سرية|البذور|المرور)|عبارة الاسترداد|(بيانات|معلومات) (تسجيل )?(الدخول|الاعتماد)|token|password",
        Asks = "(أدخل|ادخل|أدخلوا|إدخال|اكتب|كتابة|أرسل|ارسل|إرسال|أرسلوا|زودنا|زودني|تزويدنا|تزويدي|قدم|تقديم|أعطنا|أعطني|اعطني|إعطاء|أخبرنا|أخبرني|اخبرنا|إخبارنا|شارك|مشاركة|أكد|تأكيد|تأكد من إدخال|املأ|اذكر|ذكر|حدد|الصق|لصق|انسخ|أعد|كرر|اكشف|كشف|أرفق|وافنا|ابعث|سجل|تسجيل|حدثنا|قل لنا|نحتاج|أحتاج|يحتاج|يلزمنا|مطلوب|نريد|أريد|نطلب|يرجى|من فضلك|الرجاء|(?<![\\u0600-\\u06ff])(و)?(ما هي|ما هو|ما|كم)(?![\\u0600-\\u06ff])|هل يمكن(ك|نا|ني)? (إعطاؤنا|إعطائي|إعطاؤنا|تزويدنا|إرسال|الحصول على|أن تعطينا|معرفة|مشاركة)|هل لديك|رد ب|أجب ب|معرفة)(نا|ني|لنا|لي|ه|ها)?",
        AsksAfter = "(هنا|أدناه|من فضلك|لو سمحت|رجاء|مطلوب(ة)?|لازم(ة)?|إلزامي(ة)?|في هذا الحقل|في الحقل)",
        Between = "(سياسة|سياسات|طول|تغيير|غير|غيرت|تغير|إعادة|تعيين|نسي|نسوا|نسيان|نسيت|إدارة|مدير|قوة|متطلبات|قواعد|عدد|مدة|تاريخ|موعد|انتهاء|صلاحية|تخزين|حفظ|تسريب|تسرب|فقدان|ضياع|متى|لماذا|كيف|من الذي|من يملك|هل تم|أن|إذا|عن|حول|بشأن|بخصوص|سبب|أسباب|اسم|أسماء|مستخدم|موظف|عملاء|زملاء|رأيك|آراء|ملاحظات|تجربت|اقتراح|وثيقة|رابط|موضوع|تدوير|تحديث|تجديد|حماية|أمن|أفضل|الحد|أدنى|أقصى|أيام|مرات|مرة|الفرق|دون|بدون|إجراء|استخدام|محاولات|خطوات|حقل|كل|جميع)",
        HeadsAfter = " ?(المنسية|الضعيفة|القوية|المفقودة|المسربة|منتهية|العام|العامة|طويلة|قوية)",
        HeadsBefore = "(سياسة|سياسات|طول|تغيير|إعادة تعيين|نسيان|نسيت|إدارة|مدير|قوة|متطلبات|قواعد|عدد|مدة|تاريخ|انتهاء صلاحية|صلاحية|تخزين|حفظ|تسريب|فقدان|تدوير|تحديث|تجديد|حماية|أمن|أمان|سلامة|حقل|استعادة|تعقيد|سرقة|مشاركة موضوع) (ل)?",
        Fillers = "الخاص|الخاصة|بك|بكم|من|فضلك|يرجى|الجديدة|الجديد|القديمة|القديم|الحالية|الحالي|تأكيد|أعد|إدخال|مطلوبة|مطلوب|اختياري|أو|هنا|حساب|حسابك|البنك|المستخدم|[0-9]+|أرقام|الكاملة|الكامل|بطاقة|ال|ك|و",
        Negations = "(?<![\\u0600-\\u06ff])(و|ف)?(لا|لن|لم|أبدا|بدون|دون|يمنع|ممنوع|تجنب|ليس|غير)(?![\\u0600-\\u06ff])",
        Reminders = "(تنس|تنسى|تتردد|نسيان)",
        Topics = "(كم عدد|كم مرة|كم شخص|متى|لماذا|كيف|هل (تم|يجب|قمت|غيرت|نسيت|تستخدم|توجد|هناك|انتهت|تعمل)|من (الذي|يملك|يدير|لديه|المسؤول)|أين|ما (هي |هو )?(سياسة|طول|مدة|عدد|الفرق|أفضل|سبب|الحد|قواعد|متطلبات|موعد|مواصفات))",
    };
}
