using System.Text;
using System.Xml.Linq;
using HumanTasks.Core.Links;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Functions.Hosting;

/// <summary>
/// Keeps the data-protection keys unreadable for whoever can read the table: each is sealed under the current link key.
/// A key that was sealed under a link key that is gone is as good as none: another one is made.
/// </summary>
internal static class SealedKeys
{
    private const string Purpose = "data-protection keys";

    public static IServiceCollection AddSealedKeys(this IServiceCollection services)
    {
        services.AddOptions<KeyManagementOptions>().Configure<LinkKeyRing>(
            (options, ring) => options.XmlEncryptor = new Encryptor(ring));
        return services;
    }

    private sealed class Encryptor(LinkKeyRing ring) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement)
        {
            var text = plaintextElement.ToString(SaveOptions.DisableFormatting);
            var box = ring.Seal(Purpose, Encoding.UTF8.GetBytes(text));
            return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(box)), typeof(Decryptor));
        }
    }

    /// <summary>Made by the framework, which finds its name beside what was sealed.</summary>
    internal sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var box = Convert.FromBase64String(encryptedElement.Value);
            var plain = services.GetRequiredService<LinkKeyRing>().Open(Purpose, box);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
    }
}
