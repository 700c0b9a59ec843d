using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Web.Review.Submissions;

namespace HumanTasks.Tests.Review;

public sealed class WhatPeopleType
{
    private static readonly Field.Number Number = new() { Name = "n", Label = "N" };

    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData(" 12,5 ", "12.5")]
    [InlineData("-0,125", "-0.125")]
    [InlineData("1,2345", "1.2345")]
    [InlineData("\u22125", "-5")]
    [InlineData("1,250", "1250")]
    [InlineData("1.250", "\"1.250\"")]
    [InlineData("1.250,00", "1250.00")]
    [InlineData("\u0661\u0662\u066b\u0665", "12.5")]
    [InlineData("\u0661\u066c\u0662\u0665\u0660", "1250")]
    [InlineData("\uff11\uff12\uff0e\uff15", "12.5")]
    [InlineData("1\u00b2", "\"1\\u00B2\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("a lot", "\"a lot\"")]
    public void Is_a_number_when_it_can_mean_only_one(string typed, string json) =>
        Assert.Equal(json, TypedValues.ToValue(Number, [typed])!.ToJsonString());

    [Theory]
    [InlineData(new[] { "false" }, "false")]
    [InlineData(new[] { "false", "true" }, "true")]
    [InlineData(new[] { "perhaps" }, "\"perhaps\"")]
    public void A_checkbox_is_true_false_or_nonsense(string[] typed, string json) =>
        Assert.Equal(json, TypedValues.ToValue(new Field.Boolean { Name = "b", Label = "B" }, typed)!.ToJsonString());

    [Fact]
    public void Nothing_is_no_answer()
    {
        Assert.Null(TypedValues.ToValue(Number, ["  "]));
        Assert.Null(TypedValues.ToValue(new Field.MultiChoice { Name = "m", Label = "M", Options = [] }, []));
    }

    [Theory]
    [InlineData(@"C:\Users\kim\report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\u202efdp.exe\r\n", "afdp.exe")]
    [InlineData("Rechnung fu\u0308r A\u030a.pdf", "Rechnung für Å.pdf")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("..", "file")]
    [InlineData(null, "file")]
    public void A_file_name_is_only_a_name(string? given, string name) => Assert.Equal(name, FileNames.Clean(given));

    [Fact]
    public void A_long_file_name_keeps_its_extension()
    {
        var name = FileNames.Clean(new string('ä', 300) + ".pdf");

        Assert.Equal(FileNames.MaxLength, name.Length);
        Assert.EndsWith("ä.pdf", name, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_answers_have_the_same_fingerprint_however_they_are_written()
    {
        Assert.Equal(Of("""{ "a": 1, "f": { "fileId": "x", "sha256": "00" } }"""), Of("""{ "f": { "sha256": "00", "fileId": "y" }, "a": 1.0 }"""));
        Assert.NotEqual(Of("""{ "a": 1 }"""), Of("""{ "a": 2 }"""));
        Assert.NotEqual(Of("""{ "a": 1 }"""), Of("""{ "a": "1" }"""));
    }

    private static string Of(string values) => Fingerprint.Of(new Sent { Values = JsonNode.Parse(values)!.AsObject() });
}
