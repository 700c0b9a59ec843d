using HumanTasks.Core.Forms;

namespace HumanTasks.Tests.Forms;

public sealed partial class AnsweringAForm
{
    [Fact]
    public void A_file_is_kept_as_what_we_know_of_it()
    {
        var file = File();

        Assert.Equal($$"""{"f":{{file}}}""", FormGiven.Accepted(Form(""" "type": "file" """), $$"""{ "f": {{file}} }"""));
        Assert.Equal($$"""{"f":{{file}}}""", FormGiven.Accepted(Form(""" "type": "file" """), $$"""{ "f": [{{file}}] }"""));
        Assert.Equal(
            $$"""{"f":[{{file}}]}""",
            FormGiven.Accepted(Form(""" "type": "file", "multiple": true """), $$"""{ "f": {{file[..^1]}}, "more": 1 } }"""));
    }

    [Theory]
    [InlineData(""" "type": "file", "accept": [".pdf"] """, "a.PDF", "application/pdf", true)]
    [InlineData(""" "type": "file", "accept": [".pdf"] """, "a.png", "image/png", false)]
    [InlineData(""" "type": "file", "accept": ["image/*"] """, "a.png", "image/png", true)]
    [InlineData(""" "type": "file", "accept": ["image/*"] """, "a.pdf", "application/pdf", false)]
    [InlineData(""" "type": "file", "accept": ["application/pdf"] """, "a.pdf", "application/pdf", true)]
    [InlineData(""" "type": "file", "accept": [".png", "application/pdf"] """, "a.pdf", "application/pdf", true)]
    [InlineData(""" "type": "file", "accept": ["application/pdf"] """, "a.png", "image/png", false)]
    public void Only_accepted_files_are_taken(string field, string name, string contentType, bool taken) => Assert.Equal(
        taken, FormGiven.Check(Form(field), $$"""{ "f": {{File(name, contentType)}} }""") is FormInput.Valid);

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("500", true)]
    [InlineData("501", false)]
    [InlineData("-1", false)]
    [InlineData("1e20", false)]
    [InlineData("-1e20", false)]
    [InlineData("1e400", false)]
    [InlineData("\"5\"", false)]
    public void A_file_has_a_size_within_its_limit(string size, bool taken) => Assert.Equal(
        taken,
        FormGiven.Check(Form(""" "type": "file", "maxBytes": 500 """), $$"""{ "f": {{File(size: size)}} }""") is FormInput.Valid);

    [Fact]
    public void The_hosts_limit_counts_where_the_form_has_a_larger_one()
    {
        var form = Form(""" "type": "file", "maxBytes": 1000000 """);

        Assert.IsType<FormInput.Valid>(FormGiven.Check(form, $$"""{ "f": {{File(size: "1000")}} }"""));
        Assert.IsType<FormInput.Invalid>(FormGiven.Check(form, $$"""{ "f": {{File(size: "1001")}} }"""));
    }

    [Fact]
    public void No_more_files_than_allowed_are_taken()
    {
        var two = $$"""{ "f": [{{File()}}, {{File()}}] }""";

        Assert.Equal(["/values/f"], FormGiven.Refused(Form(""" "type": "file" """), two));
        Assert.Empty(FormGiven.Refused(Form(""" "type": "file", "multiple": true, "maxFiles": 2 """), two));
        Assert.Equal(["/values/f"], FormGiven.Refused(Form(""" "type": "file", "multiple": true, "maxFiles": 1 """), two));
    }

    [Theory]
    [InlineData("\"a.pdf\"")]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("[[]]")]
    [InlineData("""{ "fileId": "../../etc/passwd", "name": "a", "contentType": "b", "size": 1, "sha256": "c" }""")]
    [InlineData($$"""{ "fileId": "{{FileId}}", "name": "../a", "contentType": "b", "size": 1, "sha256": "c" }""")]
    [InlineData($$"""{ "fileId": "{{FileId}}", "name": "a\r\nb", "contentType": "b", "size": 1, "sha256": "c" }""")]
    [InlineData($$"""{ "fileId": "{{FileId}}", "name": "", "contentType": "b", "size": 1, "sha256": "c" }""")]
    [InlineData($$"""{ "fileId": "{{FileId}}", "name": "a", "contentType": "b", "size": 1 }""")]
    public void What_is_no_file_of_ours_is_refused(string value) =>
        Assert.Equal(["/values/f"], FormGiven.Refused(Form(""" "type": "file" """), $$"""{ "f": {{value}} }"""));

    private static string File(string name = "a.pdf", string contentType = "application/pdf", string size = "5") =>
        $$"""{"fileId":"{{FileId}}","name":"{{name}}","contentType":"{{contentType}}","size":{{size}},"sha256":"00ff"}""";

    private static Form Form(string field) => FormGiven.Form($$"""{ "name": "f", {{field}} }""");
}
