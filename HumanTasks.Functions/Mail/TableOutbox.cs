using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace HumanTasks.Functions.Mail;

/// <summary>
/// The outbox of development: the last 200 emails, in a table, because several processes may serve one host, and
/// sealed, because emails contain links and links are never stored in clear text. Emails with the same idempotency key
/// are delivered once.
/// </summary>
internal sealed class TableOutbox(StorageTables tables, Bodies bodies, IDataProtectionProvider protection, TimeProvider time)
    : IEmailSender, IOutbox
{
    private const string Partition = "mail";
    private const string At = "At";
    private const int Capacity = 200;

    private readonly IDataProtector protector = protection.CreateProtector("The mail of development");
    private readonly Lock gate = new();
    private Task? made;

    public async Task SendAsync(Email email, string idempotencyKey, CancellationToken cancellationToken)
    {
        await TableAsync();
        var mail = new OutboxMail(idempotencyKey, time.GetUtcNow(), email);
        var entity = new TableEntity(Partition, Key.Of(idempotencyKey)) { [At] = mail.At.UtcTicks };
        var body = protector.Protect(JsonSerializer.SerializeToUtf8Bytes(mail, CoreJson.Default.OutboxMail));
        await bodies.PutAsync(entity, body, "sent", new Room(), cancellationToken);
        try
        {
            await tables.Outbox.AddEntityAsync(entity, cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.IsConflict())
        {
            // an earlier attempt delivered it
        }
    }

    public async Task<IReadOnlyList<OutboxMail>> ListAsync(CancellationToken cancellationToken)
    {
        await TableAsync();
        var entities = await tables.Outbox
            .QueryAsync<TableEntity>(entity => entity.PartitionKey == Partition, cancellationToken: cancellationToken)
            .OrderByDescending(entity => entity.GetInt64(At))
            .ToListAsync(cancellationToken);
        foreach (var old in entities.Skip(Capacity))
        {
            await bodies.DeleteLargeAsync($"{Partition}/{old.RowKey}", cancellationToken);
            await tables.Outbox.DeleteEntityAsync(Partition, old.RowKey, ETag.All, cancellationToken);
        }

        var mails = new List<OutboxMail>();
        foreach (var entity in entities.Take(Capacity))
        {
            if (await ReadAsync(entity, cancellationToken) is { } mail)
            {
                mails.Add(mail);
            }
        }

        return mails;
    }

    /// <summary>Returns the email, or null when the keys that sealed it are gone.</summary>
    private async Task<OutboxMail?> ReadAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        var body = await bodies.GetAsync(entity, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(protector.Unprotect(body.ToArray()), CoreJson.Default.OutboxMail);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Task TableAsync()
    {
        lock (gate)
        {
            return made is null or { IsFaulted: true } or { IsCanceled: true }
                ? made = tables.Outbox.CreateIfNotExistsAsync()
                : made;
        }
    }
}
