using HumanTasks.Core.People;

namespace HumanTasks.Tests.People;

public sealed class APersonsAddress
{
    [Theory]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("Ann.Lee+Tasks@Example.COM", "ann.lee+tasks@example.com")]
    [InlineData("\u00a0\t ann@example.com\r\n", "ann@example.com")]
    [InlineData("\u200b\ufeffann@example.com\u2060\u3000\u00ad", "ann@example.com")]
    [InlineData("o'neill@example.ie", "o'neill@example.ie")]
    [InlineData("grüße@example.de", "grüße@example.de")]
    [InlineData("ann@BÜCHER.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@XN--BCHER-KVA.Example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@ｅｘａｍｐｌｅ。com", "ann@example.com")]
    [InlineData("ann@faß.de", "ann@xn--fa-hia.de")]
    [InlineData("иван@почта.рф", "иван@xn--80a1acny.xn--p1ai")]
    [InlineData("Owner@localhost", "owner@localhost")]
    [InlineData("owner@LOCALHOST ", "owner@localhost")]
    public void Is_written_in_one_form(string given, string written)
    {
        Assert.Equal(written, PersonAddress.Of(given));
        Assert.Equal(written, PersonAddress.Of(written));
        Assert.Null(PersonAddress.Problem(given));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00a0\t\u200b")]
    [InlineData("bob")]
    [InlineData("@example.com")]
    [InlineData("bob@")]
    [InlineData("bob@example")]
    [InlineData("bob@@example.com")]
    [InlineData("Bob <bob@example.com>")]
    [InlineData("<bob@example.com>")]
    [InlineData("mailto:bob@example.com")]
    [InlineData("\"Bob\" bob@example.com")]
    [InlineData("\"bob\"@example.com")]
    [InlineData("bob(work)@example.com")]
    [InlineData("a@example.com; b@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("a@example.com b@example.com")]
    [InlineData("a@example.com\nb@example.com")]
    [InlineData("ann@example..com")]
    [InlineData("ann@.example.com")]
    [InlineData("ann@example.com.")]
    [InlineData("ann..lee@example.com")]
    [InlineData(".ann@example.com")]
    [InlineData("ann.@example.com")]
    [InlineData("ann@-example.com")]
    [InlineData("ann@exa_mple.com")]
    [InlineData("ann@exa mple.com")]
    [InlineData("an n@example.com")]
    [InlineData("ann@10.0.0.1")]
    [InlineData("ann@[10.0.0.1]")]
    [InlineData("ann@xn--a.example")]
    [InlineData("ann\0@example.com")]
    [InlineData("an\u200bn@example.com")]
    [InlineData("ann@exam\u00adple.com")]
    [InlineData("ann\ufe0f@example.com")]
    [InlineData("ann\u034f@example.com")]
    [InlineData("ann\u202e@example.com")]
    [InlineData("ann\ud800@example.com")]
    [InlineData("ａnn@example.com")]
    [InlineData("ⓐnn@example.com")]
    [InlineData("ann²@example.com")]
    [InlineData("ﬁnn@example.com")]
    [InlineData("\u212aim@example.com")]
    [InlineData("ann＠example.com")]
    [InlineData("e\u0301va@example.com")]
    public void Is_nothing_else(string given)
    {
        Assert.Null(PersonAddress.Of(given));
        Assert.NotNull(PersonAddress.Problem(given));
    }

    [Fact]
    public void Has_a_local_part_of_64_and_254_characters_in_all()
    {
        Assert.NotNull(PersonAddress.Of($"{new string('a', 64)}@example.com"));
        Assert.Null(PersonAddress.Of($"{new string('a', 65)}@example.com"));
        Assert.Null(PersonAddress.Of($"ann@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com"));
    }

    [Theory]
    [InlineData("ann@example.com", " ANN@Example.com\u00a0", true)]
    [InlineData("ann@bücher.example", "Ann@xn--bcher-kva.example", true)]
    [InlineData("ann@example.com", "ａnn@example.com", false)]
    [InlineData("ann@example.com", "ⓐnn@example.com", false)]
    [InlineData("ann@example.com", "bob@example.com", false)]
    [InlineData("σ@example.com", "ς@example.com", false)]
    [InlineData("Bob", "bob ", true)]
    [InlineData("Bob", "bob@example.com", false)]
    [InlineData(null, null, false)]
    public void Names_the_same_person_as_another_in_the_same_form(string? one, string? other, bool same)
    {
        Assert.Equal(same, PersonAddress.Same(one, other));
        Assert.Equal(same, PersonAddress.Same(other, one));
    }

    [Theory]
    [InlineData("@example.com", "ann@Example.com", true)]
    [InlineData("example.com", "ann@example.com", true)]
    [InlineData(" @BÜCHER.example", "ann@xn--bcher-kva.example", true)]
    [InlineData("@xn--bcher-kva.example", "ann@bücher.example", true)]
    [InlineData("@example.com", "ann@sub.example.com", false)]
    [InlineData("@example.com", "ann@badexample.com", false)]
    [InlineData("@example.com", "ann@example.com@evil.example", false)]
    [InlineData("@example.com", "ａnn@example.com", false)]
    [InlineData("@localhost", "owner@localhost", true)]
    [InlineData("Eve@example.com", "eve@example.com", true)]
    [InlineData("eve@example.com", "ann@example.com", false)]
    public void Is_let_through_by_itself_or_by_its_whole_domain(string entry, string address, bool allowed) =>
        Assert.Equal(allowed, PersonAddress.Allows(entry, address));

    [Theory]
    [InlineData("@Example.com", "@example.com")]
    [InlineData("example.com", "@example.com")]
    [InlineData("Ann@example.com", "ann@example.com")]
    [InlineData("@localhost", "@localhost")]
    [InlineData("localhost", null)]
    [InlineData("bob", null)]
    [InlineData("@", null)]
    [InlineData("", null)]
    [InlineData("@@example.com", null)]
    [InlineData("@a.example, @b.example", null)]
    [InlineData("Bob <@example.com>", null)]
    [InlineData("*@example.com", "*@example.com")]
    public void Stands_in_lists_beside_domains(string given, string? entry)
    {
        Assert.Equal(entry, PersonAddress.EntryOf(given));
        Assert.Equal(entry is null, PersonAddress.EntryProblem(given) is not null);
    }

    [Theory]
    [InlineData("ann@example.com", true)]
    [InlineData("Bob", true)]
    [InlineData("ann..lee@example.com", true)]
    [InlineData("ａnn@example.com", false)]
    [InlineData("ann＠example.com", false)]
    [InlineData("Ann <ann@example.com>", false)]
    [InlineData("a@example.com; b@example.com", false)]
    public void Is_certain_unless_a_text_only_looks_like_one(string text, bool certain) =>
        Assert.Equal(certain, PersonAddress.IsCertain(text));

    [Theory]
    [InlineData("Ann@Example.com", "ann@example.com")]
    [InlineData("ann@BÜCHER.example", "ann@xn--bcher-kva.example", "ann@bücher.example")]
    [InlineData("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example", "ann@bücher.example")]
    [InlineData("Owner@localhost", "owner@localhost", "Owner@localhost")]
    [InlineData("Bob", "Bob")]
    public void Is_found_as_older_builds_wrote_it(string asked, params string[] forms) => Assert.Equal(forms, PersonAddress.FormsOf(asked));
}
