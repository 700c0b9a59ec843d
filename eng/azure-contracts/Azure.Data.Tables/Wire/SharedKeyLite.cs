#nullable disable

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Signs requests with an account key, as the scheme SharedKeyLite of the table service wants it.</summary>
internal sealed class SharedKeyLite(string account, string key) : HttpPipelineSynchronousPolicy
{
    private readonly byte[] key = Convert.FromBase64String(key);

    public override void OnSendingRequest(HttpMessage message)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var resource = $"/{account}{message.Request.Uri.ToUri().AbsolutePath}";
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{date}\n{resource}"));
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {account}:{Convert.ToBase64String(signature)}");
    }
}
