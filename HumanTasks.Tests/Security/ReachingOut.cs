using System.Net;
using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Security;

namespace HumanTasks.Tests.Security;

/// <summary>Which addresses rule sets may call.</summary>
public sealed class ReachingOut
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("192.31.196.1")]
    [InlineData("192.52.193.1")]
    [InlineData("192.175.48.1")]
    [InlineData("100.64.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:168.63.129.16")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2620:4f:8000::1")]
    [InlineData("3fff::1")]
    [InlineData("3fff:fff::1")]
    [InlineData("5f00::1")]
    public void Addresses_of_special_purpose_are_not_public(string address) =>
        Assert.False(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("168.63.129.17")]
    [InlineData("192.31.197.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2620:4f:8001::1")]
    public void Others_are(string address) => Assert.True(PublicAddresses.Contain(IPAddress.Parse(address)));

    [Fact]
    public void One_network_of_IPv6_counts_as_one_address()
    {
        Assert.Equal(
            AddressBlock.Of(IPAddress.Parse("2001:db8:1:2:3::4")), AddressBlock.Of(IPAddress.Parse("2001:db8:1:2:ffff::")));
        Assert.NotEqual(
            AddressBlock.Of(IPAddress.Parse("2001:db8:1:2::1")), AddressBlock.Of(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Equal("10.0.0.1", AddressBlock.Of(IPAddress.Parse("::ffff:10.0.0.1")));
        Assert.NotEqual(AddressBlock.Of(IPAddress.Parse("10.0.0.1")), AddressBlock.Of(IPAddress.Parse("10.0.0.2")));
    }
}
