using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace HumanTasks.Tests.Runs;

/// <summary>What an <c>http</c> action makes of the bytes that a server answers.</summary>
public sealed class ReadingAnAnswer : IDisposable
{
    private readonly EngineHarness harness = new();

    public void Dispose() => harness.Dispose();

    [Fact]
    public async Task JSON_with_a_byte_order_mark_is_JSON() =>
        Assert.Equal(1, (int?)(await BodyAsync([0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8], "application/json"))["a"]);

    [Theory]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    [InlineData("utf-16")]
    [InlineData("\"ISO-8859-15\"")]
    public async Task A_charset_of_the_type_counts(string charset)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset.Trim('"')) ?? Encoding.GetEncoding(charset.Trim('"'));

        var body = await BodyAsync(encoding.GetBytes("{\"name\":\"café\"}"), $"application/json; charset={charset}");

        Assert.Equal("café", (string?)body["name"]);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_kept_as_base64_with_their_type()
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0xFF];

        var body = await BodyAsync(png, "image/png");

        Assert.Equal(("image/png", Convert.ToBase64String(png)), ((string?)body["type"], (string?)body["base64"]));
    }

    [Fact]
    public async Task Text_of_an_unknown_charset_is_read_as_UTF_8() =>
        Assert.Equal("Grüße", (string?)await BodyAsync("Grüße"u8.ToArray(), "text/plain; charset=klingon"));

    private async Task<JsonNode> BodyAsync(byte[] bytes, string type)
    {
        await harness.SaveAsync("call", """[{ "type": "http", "name": "h", "url": "https://answers.example/", "saveAs": "res" }]""");
        harness.World.Answer = _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };
            answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            return answer;
        };
        return (await harness.StartAsync("call")).Context["res"]!["body"]!;
    }
}
