using System.Security.Cryptography;
using System.Xml.Linq;
using HumanTasks.Core.Links;
using HumanTasks.Functions.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Tests.Functions;

/// <summary>The data-protection keys of the Azure host, which lie in a table.</summary>
public sealed class SealingKeys
{
    private readonly Repository repository = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] other = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void What_is_stored_does_not_show_the_key()
    {
        Protector(key).Protect("anything");

        var stored = Assert.Single(repository.Elements).ToString();
        Assert.Contains("<sealed", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_instance_and_a_rotated_ring_open_it()
    {
        var sealedText = Protector(key).Protect("anything");

        Assert.Equal("anything", Protector(key).Unprotect(sealedText));
        Assert.Equal("anything", Protector(other, key).Unprotect(sealedText));
    }

    [Fact]
    public void Without_the_link_key_it_stays_shut_and_another_key_is_made()
    {
        var sealedText = Protector(key).Protect("anything");

        var elsewhere = Protector(other);

        Assert.ThrowsAny<CryptographicException>(() => elsewhere.Unprotect(sealedText));
        Assert.Equal("new", elsewhere.Unprotect(elsewhere.Protect("new")));
    }

    [Fact]
    public void A_sealed_text_is_good_for_its_purpose_only_and_not_to_the_last_bit_changed()
    {
        var ring = new LinkKeyRing([key]);
        var box = ring.Seal("one", "text"u8);

        Assert.Equal("text"u8.ToArray(), ring.Open("one", box));
        Assert.ThrowsAny<CryptographicException>(() => ring.Open("another", box));
        for (var i = 0; i < box.Length; i++)
        {
            box[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => ring.Open("one", box));
            box[i] ^= 1;
        }
    }

    private IDataProtector Protector(params byte[][] keys)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(new LinkKeyRing(keys)).AddSealedKeys();
        services.AddDataProtection().SetApplicationName("HumanTasks");
        services.AddOptions<KeyManagementOptions>().Configure(options => options.XmlRepository = repository);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("a test");
    }

    private sealed class Repository : IXmlRepository
    {
        public List<XElement> Elements { get; } = [];

        public IReadOnlyCollection<XElement> GetAllElements() => [.. Elements.Select(element => new XElement(element))];

        public void StoreElement(XElement element, string friendlyName) => Elements.Add(new XElement(element));
    }
}
