using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using HumanTasks.Tests.Hosting;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public class SendingFiles(Deployment deployment) : AcceptanceTest(deployment)
{
    private const string Form = """
        { "fields": [
          { "name": "decision", "type": "text", "label": "Decision", "required": true },
          { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf", "image/*"], "maxBytes": 2000 },
          { "name": "photos", "type": "file", "label": "Photos", "multiple": true, "maxFiles": 2 } ] }
        """;

    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nfor a test\n%%EOF\n");
    private static readonly byte[] Png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8];

    [Fact]
    public async Task A_file_comes_with_the_answer_and_goes_on_with_it()
    {
        var asked = await Api.InterveneAsync(form: Form);

        var accepted = (await SendAsync(asked, Text("decision", "fine"), File("receipt", "Beleg Größe.pdf", Pdf))).Is(200);

        var run = await Api.RunOverAsync(accepted.Text("/runId"));
        var file = run["/context/receipt"];
        Assert.Equal("Beleg Größe.pdf", file.Text("/name"));
        Assert.Equal("application/pdf", file.Text("/contentType"));
        Assert.Equal(Pdf.Length, file.Number("/size"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Pdf)), file.Text("/sha256"));
        var downloaded = (await Api.GetAsync($"/api/tasks/{asked.TaskId}/files/{file.Text("/fileId")}")).Is(200);
        Assert.Equal(Pdf, downloaded.Bytes.ToArray());
        Assert.Equal("nosniff", downloaded.Header("X-Content-Type-Options"));
        Assert.Equal("attachment", downloaded.ContentHeaders.ContentDisposition?.DispositionType);
        (await Anybody.GetAsync($"/api/tasks/{asked.TaskId}/files/{file.Text("/fileId")}")).IsProblem(401, "unauthorized");
        (await Api.GetAsync($"/api/tasks/{asked.TaskId}/files/00000000000000000000000000")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Values_can_come_as_one_part_of_JSON_beside_the_files()
    {
        var asked = await Api.InterveneAsync(form: Form);

        var accepted = (await SendAsync(
            asked, Text("values", """{ "decision": "fine" }"""), File("photos", "a.png", Png), File("photos", "b.png", Png))).Is(200);

        var run = await Api.RunOverAsync(accepted.Text("/runId"));
        Assert.Equal("fine", run.Text("/context/decision"));
        Assert.Equal(["a.png", "b.png"], run["/context/photos"]!.AsArray().Select(file => file.Text("/name")));
    }

    [Fact]
    public async Task A_file_whose_content_is_not_what_its_name_says_is_refused()
    {
        var asked = await Api.InterveneAsync(form: Form);

        await IsRefusedAsync(asked, "receipt", File("receipt", "receipt.pdf", "MZ and more of a program"u8.ToArray()));
        await IsRefusedAsync(asked, "receipt", File("receipt", "receipt.pdf", "plain text"u8.ToArray()));
        await IsRefusedAsync(asked, "receipt", File("receipt", "photo.png", Pdf));
        await IsRefusedAsync(asked, "photos", File("photos", "photo.jpg", Png));
        await IsUnusedAsync(asked);
    }

    [Fact]
    public async Task A_file_that_the_field_does_not_take_is_refused()
    {
        var asked = await Api.InterveneAsync(form: Form);

        await IsRefusedAsync(asked, "receipt", File("receipt", "notes.txt", "plain text"u8.ToArray()));
        await IsRefusedAsync(asked, "receipt", File("receipt", "empty.pdf", []));
        await IsRefusedAsync(asked, "receipt", File("receipt", "large.pdf", [.. Pdf, .. new byte[2000]]));
        await IsRefusedAsync(asked, "receipt", File("receipt", "a.pdf", Pdf), File("receipt", "b.pdf", Pdf));
        await IsRefusedAsync(
            asked, "photos", File("photos", "a.png", Png), File("photos", "b.png", Png), File("photos", "c.png", Png));
        await IsRefusedAsync(asked, "stranger", File("stranger", "a.png", Png));
        await IsUnusedAsync(asked);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("[]")]
    [InlineData("""{ "decision": "\ud800" }""")]
    [InlineData("""{ "decision": { "\ud800": 1 } }""")]
    [InlineData("""{ "decision": "a", "decision": "b" }""")]
    public async Task A_part_of_JSON_that_cannot_be_read_is_a_malformed_request(string values)
    {
        var asked = await Api.InterveneAsync(form: Form);

        (await SendAsync(asked, Text("values", values))).IsProblem(400, "malformed-request");

        await IsUnusedAsync(asked);
    }

    [Fact]
    public async Task A_file_name_never_is_a_path()
    {
        var asked = await Api.InterveneAsync(form: Form);

        var accepted = (await SendAsync(asked, Text("decision", "x"), File("receipt", "..\\..\\/etc/evil.pdf", Pdf))).Is(200);

        var run = await Api.RunOverAsync(accepted.Text("/runId"));
        Assert.Equal("evil.pdf", run.Text("/context/receipt/name"));
    }

    [Fact]
    public async Task The_same_key_with_the_same_file_is_the_same_submission()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 3,", Form);

        var first = (await SendWithKeyAsync(asked, "k", Text("decision", "x"), File("receipt", "a.pdf", Pdf))).Is(200);
        var second = (await SendWithKeyAsync(asked, "k", Text("decision", "x"), File("receipt", "a.pdf", Pdf))).Is(200);

        Assert.Equal(first.Text("/responseId"), second.Text("/responseId"));
        (await SendWithKeyAsync(asked, "k", Text("decision", "x"), File("receipt", "a.pdf", [.. Pdf, 10])))
            .IsProblem(422, "idempotency-key-reused");
        Assert.Equal(2, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_multipart_body_that_is_broken_is_a_malformed_request()
    {
        var asked = await Api.InterveneAsync(form: Form);
        var broken = new StringContent("--b\r\nContent-Disposition: form-data; name=\"decision\"\r\n\r\nhalf");
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        (await Anybody.SendAsync(HttpMethod.Post, asked.Path, broken)).IsProblem(400, "malformed-request");

        await IsUnusedAsync(asked);
    }

    private async Task IsRefusedAsync(Asked asked, string field, params (HttpContent, string, string?)[] files) =>
        (await SendAsync(asked, [Text("decision", "fine"), .. files]))
            .IsProblem(422, "invalid-form-input")
            .HasProblemAt($"/values/{field}");

    private async Task IsUnusedAsync(Asked asked) =>
        Assert.Equal(1, (await Api.TaskAsync(asked.TaskId))["/usesLeft"]!.GetValue<int>());

    private Task<Reply> SendAsync(Asked asked, params (HttpContent, string, string?)[] parts) =>
        Anybody.SendAsync(HttpMethod.Post, asked.Path, Multipart(parts));

    private Task<Reply> SendWithKeyAsync(Asked asked, string key, params (HttpContent, string, string?)[] parts) =>
        Anybody.SendAsync(HttpMethod.Post, asked.Path, Multipart(parts), ("Idempotency-Key", key));

    private static MultipartFormDataContent Multipart((HttpContent Content, string Name, string? FileName)[] parts)
    {
        var body = new MultipartFormDataContent();
        foreach (var (content, name, fileName) in parts)
        {
            if (fileName is null)
            {
                body.Add(content, name);
            }
            else
            {
                body.Add(content, name, fileName);
            }
        }

        return body;
    }

    private static (HttpContent, string, string?) Text(string name, string value) => (new StringContent(value), name, null);

    private static (HttpContent, string, string?) File(string name, string fileName, byte[] bytes) =>
        (new ByteArrayContent(bytes), name, fileName);
}
