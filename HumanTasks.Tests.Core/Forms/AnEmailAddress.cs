using HumanTasks.Core.Forms;

namespace HumanTasks.Tests.Forms;

public sealed class AnEmailAddress
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@sub.example.co")]
    [InlineData("o'neill@example.ie")]
    [InlineData("grüße@müller.example")]
    public void Is_a_local_part_and_a_domain(string address) => Assert.True(EmailAddresses.Are(address));

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a@b")]
    [InlineData("a@b.c\0")]
    [InlineData("a@b.c\u200b")]
    [InlineData("a\u202e@b.com")]
    [InlineData("a@b\u00ad.com")]
    [InlineData("a@b.com\r\nBcc: c@d.com")]
    [InlineData("a @b.com")]
    [InlineData("a\u00a0b@b.com")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[IPv6:::1]")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@10.0.0.1")]
    [InlineData("<a@b.com>")]
    [InlineData("a@b.com, c@d.com")]
    [InlineData("\"a b\"@b.com")]
    [InlineData("https://tasks.example/review/AW6t@b.com")]
    public void Is_nothing_else(string address) => Assert.False(EmailAddresses.Are(address));
}
