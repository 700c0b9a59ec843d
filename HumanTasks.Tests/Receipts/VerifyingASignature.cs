using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace HumanTasks.Tests.Receipts;

/// <summary>What a signed text may ask of who checks it: nothing.</summary>
public sealed class VerifyingASignature : SignedByHand
{
    [Fact]
    public void No_other_algorithm_counts_whatever_the_header_asks_for()
    {
        var payload = Encoding.UTF8.GetBytes(Payload(Chain(1)[0]).ToJsonString());
        using var wrong = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var key = KeyOf(Own, "own");
        var secret = Encoding.UTF8.GetBytes(key.ToJsonString());
        string Made(string header, Func<byte[], byte[]> sign)
        {
            var signed = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
            return $"{signed}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
        }

        Refuses(Made("""{"alg":"none","kid":"own"}""", _ => []), "signed by another algorithm than ES256 (none)");
        Refuses(Made("""{"alg":"HS256","kid":"own"}""", data => HMACSHA256.HashData(secret, data)), "another algorithm than ES256 (HS256)");
        Refuses(Made("""{"alg":"ES384","kid":"own"}""", data => wrong.SignData(data, HashAlgorithmName.SHA384)), "another algorithm");
        Refuses(Made("""{"alg":"ES256","kid":"own"}""", data => wrong.SignData(data, HashAlgorithmName.SHA256)), "changed after it was signed");
        Refuses(Made("""{"alg":"ES256","kid":"own"}""", data => Own.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)), "changed after");
        Refuses(Made("""{"alg":"ES256","kid":"own"}""", _ => new byte[64]), "changed after it was signed");
        Refuses(Made("""{"alg":"ES256","alg":"none","kid":"own"}""", SignOwn), "its header has a member twice");
        Refuses(Made("""{"alg":"ES256","kid":"own","crit":["exp"],"exp":1}""", SignOwn), "(crit)");
        Refuses(Made("""{"alg":"ES256","kid":"own","b64":false}""", SignOwn), "not understood");
        Refuses(Made("""{"alg":"ES256","kid":"other","jwk":{}}""", SignOwn), "foreign key (other)");
        Refuses(Made("""{"alg":"ES256"}""", SignOwn), "foreign key");
        Refuses(Made("[]", SignOwn), "not an object");
        Assert.Equal(0, Verify(Made("""{"alg":"ES256","kid":"own"}""", SignOwn)).Code);
    }

    [Fact]
    public void A_signed_text_has_one_spelling()
    {
        var jws = Sign(new JsonObject { ["kind"] = "answered", ["runId"] = Run, ["at"] = "x" }); // a length that leaves bits over
        var parts = jws.Split('.');
        var last = parts[2][^1];
        var respelled = $"{parts[0]}.{parts[1]}.{parts[2][..^1]}{(char)(last + 1)}";

        Assert.Equal(0, Verify(jws).Code);
        Refuses(respelled, "or it is damaged");
        Refuses($"{jws}=", "or it is damaged");
        Refuses($"{jws}.", "or it is damaged");
        Refuses($"{jws}.{parts[2]}", "or it is damaged");
        Refuses($"{parts[0]}.{parts[1]} .{parts[2]}", "or it is damaged");
        Refuses($"{jws} trailing", "or it is damaged");
        Refuses($"{parts[0]}.{parts[1]}.", "changed after it was signed");
    }

    [Theory]
    [InlineData("""{"kind":"answered","runId":"r","runId":"r"}""", "its payload has a member twice")]
    [InlineData("""{"kind":"answered","runId":"r","values":{"a":1,"\u0061":2}}""", "its payload has a member twice")]
    [InlineData("""{"kind":"answered","runId":"r"} {}""", "its payload is not JSON")]
    [InlineData("""["answered"]""", "its payload is not an object")]
    [InlineData("""{"kind":"answered","runId":7}""", "its 'runId' is not text")]
    [InlineData("""{"kind":"answered","runId":"r","by":{}}""", "its 'by' is not text")]
    [InlineData("""{"kind":"answered"}""", "names no run")]
    [InlineData("""{"kind":"session","runId":"r"}""", "its kind is 'session'")]
    [InlineData("""{"kind":"answered","runId":"r","v":"2"}""", "not the number of a version")]
    [InlineData("""{"kind":"answered","runId":"r","v":0}""", "not the number of a version")]
    [InlineData("""{"kind":"answered","runId":"r","by":"\u001b[2Kgenuine"}""", "control characters")]
    [InlineData("""{"kind":"answered","runId":"r","by":"ada\u202emoc"}""", "control characters")]
    [InlineData("""{"kind":"answered","runId":"r","taskId":"a\nb: genuine"}""", "control characters")]
    [InlineData("""{"kind":"answered","runId":"r","verified":"\u2028"}""", "control characters")]
    [InlineData("""{"kind":"answered","runId":"r","\u001b]0;":1}""", "control characters")]
    [InlineData("""{"kind":"head","runId":"r","count":-1,"hash":null,"at":"x"}""", "this is not a head")]
    [InlineData("""{"kind":"head","runId":"r","count":2,"hash":null,"at":"x"}""", "this is not a head")]
    public void A_payload_that_is_signed_and_wrong_is_refused(string payload, string said) => Refuses(Sign(payload), said);

    [Fact]
    public void Nothing_that_a_file_says_reaches_the_terminal_as_it_is()
    {
        var (_, said) = Verify($"{Base64UrlEncoder.Encode("""{"alg":"ES256","kid":"\u001b[2K\u202e"}""")}.e30.e30");

        Assert.Contains(@"\u{1b}[2K\u{202e}", said, StringComparison.Ordinal);
        Assert.Contains(@"There is no file a\u{1b}[2Kb", Problem("a\u001b[2Kb", "--jwks", "keys.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_that_are_not_known_are_listed_and_pass()
    {
        var (code, said) = Verify(Sign(Payload(Chain(1)[0]).With("weather", "fine")));

        Assert.Equal(0, code);
        Assert.Contains("not known here: weather", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_higher_version_ends_with_2_unless_something_is_wrong()
    {
        var newer = Sign(Payload(Chain(1)[0]).With("v", 3));

        var (code, said) = Verify(newer);
        Assert.Equal((2, false), (code, said.Contains('\n', StringComparison.Ordinal)));
        Assert.Contains("version 3", said, StringComparison.Ordinal);
        Assert.DoesNotContain("genuine", said, StringComparison.Ordinal);
        Refuses($"{newer}\nhello", "this is not a receipt");
    }
}
