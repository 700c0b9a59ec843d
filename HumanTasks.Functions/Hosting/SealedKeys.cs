using System.Text;
using System.Xml.Linq;
using HumanTasks.Core.Links;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Functions.Hosting;

/// <summary>
/// Encrypts the data-protection keys so that read access to the table does not reveal them: each is sealed under the
/// current link key. A key sealed under a link key that was removed is unusable, and a new one is created.
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

    /// <summary>
    /// The decryptor, created by the framework from the type name that it stores beside the sealed key.
    /// </summary>
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
