using HumanTasks.Core.Agents;

namespace HumanTasks.Tests.Agents;

/// <summary>What asks for the value of a secret is refused, and what only speaks of one is not, in each language.</summary>
public sealed class JudgingSecretQuestions
{
    private static readonly (string Language, bool Asks, string Text)[] Corpus = [.. Lines()
        .Select(line => line.Split(' ', 3))
        .Select(parts => (parts[0], parts[1] == "+", parts[2]))];

    public static TheoryData<string> Languages() => [.. Core.Texts.Languages.All];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Twenty_texts_that_ask_and_twenty_that_do_not_are_judged_right(string language)
    {
        var texts = Corpus.Where(entry => entry.Language == language).ToArray();

        Assert.Equal(20, texts.Count(entry => entry.Asks));
        Assert.Equal(20, texts.Count(entry => !entry.Asks));
        Assert.DoesNotContain(texts, entry => SecretRequests.In(entry.Text) != entry.Asks);
    }

    [Theory]
    [InlineData("PLEASE ENTER YOUR PASSWORD")]
    [InlineData("Please enter your pass\u00adword")]
    [InlineData("Please enter your p\u200ba\u200bs\u200bs\u200bw\u200bo\u200br\u200bd")]
    [InlineData("Please enter your p a s s w o r d")]
    [InlineData("Please enter your p@55w0rd")]
    [InlineData("Please enter your ｐａｓｓｗｏｒｄ")]
    [InlineData("Please enter your \u0440\u0430ssw\u043erd")] // Cyrillic letters that look Latin
    [InlineData("Please enter your pássword")]
    [InlineData("**Please** enter\nyour password: ____")]
    [InlineData("yourPassword")]
    [InlineData("card_number")]
    public void A_request_in_disguise_is_a_request(string text) => Assert.True(SecretRequests.In(text));

    [Theory]
    [InlineData("Codice di verifica ricevuto", true)]
    [InlineData("Código de verificação que recebeste", true)]
    [InlineData("Código recibido", true)]
    [InlineData("Code de vérification reçu", true)]
    [InlineData("Cola aqui a tua chave privada", true)]
    [InlineData("È arrivata l'e-mail di reimpostazione della password?", false)]
    [InlineData("O e-mail de redefinição da senha chegou?", false)]
    [InlineData("L'e-mail de réinitialisation du mot de passe est-il arrivé ?", false)]
    [InlineData("Il codice sconto è stato ricevuto?", false)]
    public void What_was_once_judged_wrong_is_judged_right(string text, bool asks) => Assert.Equal(asks, SecretRequests.In(text));

    [Fact]
    public void A_secret_that_stands_alone_is_asked_for_by_a_field_that_takes_it_and_not_by_one_that_takes_yes_or_no()
    {
        Assert.True(SecretRequests.In("Password"));
        Assert.False(SecretRequests.In("Password", alone: false));
    }

    [Fact]
    public void A_warning_before_a_request_does_not_hide_it() =>
        Assert.True(SecretRequests.In("Never share your password with anyone. Now enter your PIN."));

    [Fact]
    public void A_text_of_the_largest_size_is_judged() =>
        Assert.False(SecretRequests.In(string.Concat(Enumerable.Repeat("please give the report to us ", 350))));

    private static IEnumerable<string> Lines()
    {
        using var stream = typeof(JudgingSecretQuestions).Assembly.GetManifestResourceStream("secret-questions.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
