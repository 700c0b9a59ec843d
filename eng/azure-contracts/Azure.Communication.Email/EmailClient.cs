#nullable disable

using Azure.Core;

namespace Azure.Communication.Email;

public class EmailClient
{
    protected EmailClient()
    {
    }

    public EmailClient(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
    }

    public EmailClient(Uri endpoint, TokenCredential credential, EmailClientOptions options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(credential);
    }

    public virtual Task<EmailSendOperation> SendAsync(
        WaitUntil wait, EmailMessage message, Guid operationId, CancellationToken cancellationToken = default) =>
        throw Contract.Only();
}

public class EmailClientOptions : ClientOptions
{
    public EmailClientOptions(ServiceVersion version = ServiceVersion.V2025_09_01)
    {
    }

    public enum ServiceVersion
    {
        V2021_10_01_Preview = 1,
        V2023_01_15_Preview = 2,
        V2023_03_31 = 3,
        V2024_07_01_Preview = 4,
        V2025_09_01 = 5,
    }
}
