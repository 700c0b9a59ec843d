namespace HumanTasks.Tests.RuleSets;

public sealed partial class ReadingARuleSet
{
    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("-0.0", false)]
    [InlineData("720.0001", false)]
    [InlineData("1e400", false)]
    [InlineData("79228162514264337593543950336", false)]
    [InlineData("79228162514264337593543950335", false)]
    [InlineData("\"24\"", false)]
    [InlineData("true", false)]
    [InlineData("[1]", false)]
    [InlineData("720", true)]
    [InlineData("0.5", true)]
    [InlineData("2.4e1", true)]
    [InlineData("null", true)]
    public void A_link_lives_for_hours_above_0_and_no_longer_than_its_run(string hours, bool fine) =>
        AssertFine(fine, "linkExpirationHours", hours);

    [Theory]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("1001", false)]
    [InlineData("1.5", false)]
    [InlineData("1e400", false)]
    [InlineData("-1e400", false)]
    [InlineData("79228162514264337593543950336", false)]
    [InlineData("\"1\"", false)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("1e3", true)]
    [InlineData("1000", true)]
    public void A_link_is_used_1_to_1000_times(string uses, bool fine) => AssertFine(fine, "maxUses", uses);

    [Theory]
    [InlineData("{}", "")]
    [InlineData("5", "")]
    [InlineData("""{ "ruleSet": "x", "webhook": "https://example.com" }""", "")]
    [InlineData("""{ "ruleSet": "a b" }""", "/ruleSet")]
    [InlineData("""{ "ruleSet": "~intervention" }""", "/ruleSet")]
    [InlineData("""{ "ruleSet": "../x" }""", "/ruleSet")]
    [InlineData("""{ "webhook": "http://example.com/hook" }""", "/webhook")]
    [InlineData("""{ "webhook": "/hook" }""", "/webhook")]
    [InlineData("""{ "webhook": "javascript:alert(1)" }""", "/webhook")]
    [InlineData("""{ "webhook": "file:///etc/passwd" }""", "/webhook")]
    [InlineData("""{ "ruleSet": "x", "with": 1 }""", "/with")]
    public void A_continuation_is_a_rule_set_or_an_https_webhook(string continuation, string pointer) => Assert.Equal(
        [$"/actions/0/continuation{pointer}"],
        ProblemsOf($$"""{ "type": "humanIntervention", "title": "t", "form": {{Form}}, "continuation": {{continuation}} }"""));
}
