using System.Security.Cryptography;
using System.Text.Json.Nodes;
using HumanTasks.Core.Receipts;
using HumanTasks.Standalone.Start.Verify;

namespace HumanTasks.Tests.Receipts;

/// <summary>The command that checks receipts offline. It never calls genuine what it did not check, and never ends with a trace.</summary>
public sealed class VerifyingReceipts : SignedByHand
{
    [Fact]
    public void A_list_with_its_head_is_genuine_and_whole()
    {
        var (code, said) = Verify(List(Chain(3)));

        Assert.Equal(0, code);
        Assert.EndsWith("All receipts are genuine and their chains are complete.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_head_it_says_that_the_end_was_not_checked()
    {
        var (code, said) = Verify(string.Join('\n', Chain(3)));

        Assert.Equal(0, code);
        Assert.Contains("Not checked: whether the run", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_which_the_last_receipt_was_taken_away_misses_it()
    {
        var chain = Chain(3);

        Refuses(List(chain[..2], Head(chain)), "the last receipt of the run", "2 of 3 are there");
        Refuses(List([chain[0], chain[2]], Head(chain)), "the receipt before it in the run");
        Refuses(List(chain[1..], Head(chain)), "the receipt before it in the run");
        Refuses(Head(chain), "3");
    }

    [Fact]
    public void A_head_of_another_count_or_receipt_is_not_believed()
    {
        var chain = Chain(3);

        Refuses(List(chain, HeadOf(5, chain[2])), "counts 5", "3 lead to");
        Refuses(List(chain, HeadOf(3, chain[1])), "counts 3", "2 lead to");
        Refuses(List(chain, chain[2]), "this is not a head");
        Refuses(List([Head(chain), .. chain]), "a head stands where a receipt belongs");
        Assert.Contains("its head is older", Verify(List(chain, HeadOf(2, chain[1]))).Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_and_wrong_order_are_named()
    {
        var chain = Chain(3);

        Refuses(List([chain[0], chain[1], chain[1], chain[2]]), "receipt 3: a duplicate of", "receipt 2");
        Refuses(List([chain[1], chain[0], chain[2]]), "receipt 1: wrong order");
        Refuses(string.Join('\n', chain.Reverse()), "wrong order");
        Refuses($"{chain[0]}\n{Sign(Payload(chain[0]))}", "a duplicate");
        Refuses($"{chain[0]}\n{chain[1]}\n{Sign(Payload(chain[2]).With("prev", HashOf(chain[0])))}", "follows the same receipt");
        Refuses($"{chain[0]}\n{Sign(Payload(chain[0]).With("responseId", "another"))}", "another first receipt");
    }

    [Fact]
    public void Files_of_one_receipt_each_may_come_in_any_order()
    {
        var chain = Chain(3);
        var files = chain.Select((jws, index) => Write($"{index}.jws", jws)).Reverse().ToArray();

        Assert.Equal(0, ReceiptCheck.Check([.. files, "--jwks", "keys.json"], Folder).Code);
    }

    [Theory]
    [InlineData("""{"items":[],"next":null,"head":null}""", "is empty")]
    [InlineData("""{"items":{}}""", "holds no receipts")]
    [InlineData("""{"items":[{}]}""", "has no 'jws'")]
    [InlineData("""{"items":[],"items":[]}""", "has a member twice")]
    [InlineData("""{"items":[],"it\u0065ms":[]}""", "has a member twice")]
    [InlineData("""{"jws":"a.b.c"}{"jws":"a.b.c"}""", "is not JSON")]
    [InlineData("""{"jws":"\ud800"}""", "is not text in UTF-8")]
    [InlineData("""{"keys":[]}""", "holds keys, not receipts")]
    [InlineData("   ", "is empty")]
    [InlineData("hello", "this is not a receipt")]
    public void What_holds_no_receipts_is_named_on_one_line(string text, string said) => Refuses(text, said);

    [Theory]
    [InlineData("""{"keys":[]}""", "no key for receipts")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"own","k":"AAAA"}]}""", "no key for receipts")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-384","kid":"own","x":"AAAA","y":"AAAA"}]}""", "no key for receipts")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"own","x":"!","y":"AAAA"}]}""", "keys is damaged")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","kid":"own","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""", "no point of P-256")]
    [InlineData("""{"keys":[],"keys":[]}""", "has a member twice")]
    [InlineData("""{"keys":[7]}""", "keys is damaged")]
    [InlineData("[]", "holds no keys")]
    public void Keys_that_are_none_are_named(string set, string said)
    {
        Write("keys.json", set);

        Refuses(List(Chain(1)), said);
    }

    [Fact]
    public void Two_keys_under_one_kid_are_refused_also_where_one_is_for_something_else()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var jws = Chain(1)[0];

        Write("keys.json", new JsonObject { ["keys"] = new JsonArray(KeyOf(Own, "own"), KeyOf(other, "own")) }.ToJsonString());
        Refuses(jws, "two keys under one kid: own");
        Write("keys.json", new JsonObject { ["keys"] = new JsonArray(KeyOf(Own, "own"), new JsonObject { ["kty"] = "oct", ["kid"] = "own" }) }.ToJsonString());
        Refuses(jws, "two keys under one kid: own");
    }

    [Fact]
    public void Keys_among_the_files_never_count()
    {
        Write("theirs.json", new JsonObject { ["keys"] = new JsonArray(KeyOf(Own, "own")) }.ToJsonString());
        var given = Write("given", List(Chain(1)));

        Assert.Contains("keys count behind --jwks only", Problem(given, "theirs.json", "--jwks", "keys.json"), StringComparison.Ordinal);
        Assert.Contains("Usage: verify FILE", Problem(given, "keys.json"), StringComparison.Ordinal);
        Assert.Contains("--jwks names one file", Problem(given, "--jwks", "keys.json", "--jwks", "theirs.json"), StringComparison.Ordinal);
        Assert.Contains("--jwks names one file", Problem(given, "--jwks"), StringComparison.Ordinal);
        Assert.Contains("does not know '--keys'", Problem(given, "--keys", "keys.json"), StringComparison.Ordinal);
        Assert.Contains("There is no file none", Problem("none", "--jwks", "keys.json"), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Problem(".", "--jwks", "keys.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_list_says_of_a_receipt_is_what_was_signed()
    {
        var jws = Chain(1)[0];
        string Listed(string kind, string at, string task) =>
            new JsonObject { ["items"] = new JsonArray(new JsonObject { ["kind"] = kind, ["at"] = at, ["taskId"] = task, ["jws"] = jws }) }.ToJsonString();

        Assert.Equal(0, Verify(Listed("answered", "2026-11-29T10:00:00.0004567Z", "task")).Code);
        Refuses(Listed("rejected", "2026-11-29T10:00:00Z", "task"), "'kind' beside it");
        Refuses(Listed("answered", "2026-11-29T11:00:00Z", "task"), "'at' beside it");
        Refuses(Listed("answered", "2026-11-29T10:00:00Z", "another"), "'taskId' beside it");
    }

    [Fact]
    public void A_chain_may_hold_receipts_of_older_builds_before_and_behind_newer_ones()
    {
        var first = Sign(Old(null, "1"));
        var second = Sign(Old(ReceiptSigner.HashOf(first), "2"));
        var third = Sign(Old(HashOf(second), "3").With("v", 2));
        var fourth = Sign(Old(ReceiptSigner.HashOf(third), "4")); // after a rollback
        var fifth = Sign(Old(HashOf(fourth), "5").With("v", 2));
        var sixth = Sign(Old(HashOf(fifth), "6").With("v", 2));
        string[] chain = [first, second, third, fourth, fifth, sixth];

        Assert.Equal((0, true), (Verify(List(chain)).Code, Verify(List(chain)).Said.EndsWith("chains are complete.", StringComparison.Ordinal)));
        for (var missing = 0; missing < chain.Length; missing++)
        {
            Refuses(List([.. chain.Where((_, index) => index != missing)], Head(chain)), "is missing");
        }

        var bySignedForm = Sign(Old(ReceiptSigner.HashOf(fifth), "6").With("v", 2));
        Refuses(string.Join('\n', [.. chain[..5], bySignedForm]), "is missing");
    }
}
