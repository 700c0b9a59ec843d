using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HumanTasks.Core.Links;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Receipts;
using HumanTasks.Core.Tasks;
using HumanTasks.Standalone.Start.Verify;
using HumanTasks.Standalone.Storage;
using Microsoft.IdentityModel.Tokens;

namespace HumanTasks.Tests.Receipts;

/// <summary>Receipts that a test signs itself, and the command that looks at them.</summary>
public abstract class SignedByHand : IDisposable
{
    protected const string Run = "01arz3ndektsv4rrffq69g5fav";
    protected string Folder { get; } = Directory.CreateTempSubdirectory("humantasks-verify-").FullName;
    private readonly ReceiptKeys keys = new(new LinkKeyRing([new byte[32]]));
    protected ECDsa Own { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ReceiptSigner signer;

    protected SignedByHand()
    {
        signer = new ReceiptSigner(keys, () => new Uri("https://tasks.example"));
        Write("keys.json", new JsonObject { ["keys"] = new JsonArray(KeyOf(Own, "own"), keys.Public[0].DeepClone()) }.ToJsonString());
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        keys.Dispose();
        Own.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected static JsonObject Old(string? previous, string id) => new()
    {
        ["kind"] = "answered",
        ["at"] = "2026-11-29T10:00:00.000Z",
        ["runId"] = Run,
        ["taskId"] = "task",
        ["responseId"] = id,
        ["prev"] = previous,
    };

    protected string[] Chain(int length)
    {
        List<string> chain = [];
        for (var i = 0; i < length; i++)
        {
            chain.Add(Sign(Old(i == 0 ? null : HashOf(chain[^1]), $"r{i}").With("v", 2)));
        }

        return [.. chain];
    }

    protected string Head(string[] chain) => HeadOf(chain.Length, chain[^1]);

    protected string HeadOf(int count, string last) => signer.SignHead(Run, new ChainEnd(HashOf(last), count), DateTimeOffset.UnixEpoch);

    protected string List(string[] chain, string? head = null) => new JsonObject
    {
        ["items"] = new JsonArray([.. chain.Select(jws => new JsonObject { ["jws"] = jws })]),
        ["next"] = null,
        ["head"] = head ?? Head(chain),
    }.ToJsonString();

    protected static JsonObject Payload(string jws) => JsonNode.Parse(Base64UrlEncoder.DecodeBytes(jws.Split('.')[1]))!.AsObject();

    protected static string HashOf(string jws) => Base64UrlEncoder.Encode(SHA256.HashData(CanonicalJson.Write(Payload(jws))));

    protected string Sign(JsonObject payload) => Sign(payload.ToJsonString());

    protected string Sign(string payload)
    {
        var signed = $"{Base64UrlEncoder.Encode("""{"alg":"ES256","kid":"own"}""")}.{Base64UrlEncoder.Encode(payload)}";
        return $"{signed}.{Base64UrlEncoder.Encode(SignOwn(Encoding.ASCII.GetBytes(signed)))}";
    }

    protected byte[] SignOwn(byte[] data) => Own.SignData(data, HashAlgorithmName.SHA256);

    protected static JsonObject KeyOf(ECDsa key, string id)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = id,
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
        };
    }

    protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What is said on standard output, or complained of on one line.</summary>
    protected (int Code, string Said) Verify(string text)
    {
        Write("given", text);
        try
        {
            var (code, lines) = ReceiptCheck.Check(["given", "--jwks", "keys.json"], Folder);
            return (code, string.Join('\n', lines));
        }
        catch (OperatorException problem)
        {
            return (1, problem.Message);
        }
    }

    protected void Refuses(string text, params string[] said)
    {
        var (code, words) = Verify(text);
        Assert.True(code == 1, words);
        Assert.DoesNotContain('\n', words);
        Assert.DoesNotContain("genuine", words, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part, words, StringComparison.Ordinal));
    }

    protected string Problem(params string[] args) =>
        Assert.Throws<OperatorException>(() => ReceiptCheck.Check(args, Folder)).Message;
}
