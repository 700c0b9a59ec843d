#nullable disable

using System.Globalization;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>An entity group transaction as one multipart message, and its answer.</summary>
internal sealed class Batch
{
    private const string Outer = "batch_humantasks";
    private const string Inner = "changeset_humantasks";

    private readonly StringBuilder text = new();
    private readonly int count;

    public Batch(string table, string root, IEnumerable<TableTransactionAction> actions)
    {
        text.Append($"--{Outer}\r\nContent-Type: multipart/mixed; boundary={Inner}\r\n\r\n");
        foreach (var action in actions)
        {
            Append(table, root, action, count++);
        }

        if (count == 0)
        {
            throw new InvalidOperationException("Transaction must contain at least one action.");
        }

        text.Append($"--{Inner}--\r\n--{Outer}--\r\n");
    }

    public void WriteTo(Request request)
    {
        request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(text.ToString()));
        request.Headers.SetValue("Content-Type", $"multipart/mixed; boundary={Outer}");
    }

    public IReadOnlyList<Response> Read(Response response)
    {
        var parts = Parts(response.Content.ToString());
        if (parts.Find(part => part.IsError) is { } bad)
        {
            var failure = new TableTransactionFailedException(Wire.Failure(bad));
            failure.FailedTransactionActionIndex ??= parts.Count == count ? parts.IndexOf(bad) : null;
            throw failure;
        }

        return parts;
    }

    private void Append(string table, string root, TableTransactionAction action, int id)
    {
        var path = Wire.PathOf(table, action.Entity.PartitionKey, action.Entity.RowKey);
        var condition = action.ETag == default ? "*" : action.ETag.ToString(); // none given means any
        var (verb, address, ifMatch) = action.ActionType switch
        {
            TableTransactionActionType.Add => ("POST", table, null),
            TableTransactionActionType.UpdateMerge => ("PATCH", path, condition),
            TableTransactionActionType.UpdateReplace => ("PUT", path, condition),
            TableTransactionActionType.UpsertMerge => ("PATCH", path, null),
            TableTransactionActionType.UpsertReplace => ("PUT", path, null),
            TableTransactionActionType.Delete => ("DELETE", path, condition),
            _ => throw new InvalidOperationException("Unknown request type"),
        };
        text.Append($"--{Inner}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
        text.Append($"{verb} {root}/{address} HTTP/1.1\r\n");
        text.Append("DataServiceVersion: 3.0\r\nAccept: application/json;odata=minimalmetadata\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Content-ID: {id}\r\n");
        if (ifMatch is not null)
        {
            text.Append($"If-Match: {ifMatch}\r\n");
        }

        if (verb == "DELETE")
        {
            text.Append("\r\n\r\n");
            return;
        }

        var body = Payload.Of(action.Entity);
        text.Append(verb == "POST" ? "Prefer: return-no-content\r\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        text.Append(Encoding.UTF8.GetString(body)).Append("\r\n");
    }

    private static List<BatchPart> Parts(string text)
    {
        const string Status = "HTTP/1.1 ";
        var parts = new List<BatchPart>();
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(Status, StringComparison.Ordinal))
            {
                continue;
            }

            var status = lines[i][Status.Length..].Split(' ', 2);
            var part = new BatchPart(int.Parse(status[0], CultureInfo.InvariantCulture), status[^1]);
            for (i++; i < lines.Count && lines[i].Length > 0; i++)
            {
                var header = lines[i].Split(':', 2);
                part.Add(header[0].Trim(), header[^1].Trim());
            }

            var body = lines.Skip(i).TakeWhile(line => !line.StartsWith("--", StringComparison.Ordinal));
            part.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', body).Trim()));
            parts.Add(part);
        }

        return parts;
    }
}

/// <summary>The answer to one action of a transaction.</summary>
internal sealed class BatchPart(int status, string reason) : Response
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    public override int Status => status;

    public override string ReasonPhrase => reason;

    public override Stream ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override bool IsError => status >= 400;

    public void Add(string name, string value) => headers[name] = value;

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, out string value) => headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values)
    {
        values = headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }
}
