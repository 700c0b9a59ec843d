#nullable disable

using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>How requests reach a table service: addresses, headers, credentials, failures.</summary>
internal sealed class Wire
{
    private const string DevelopmentAccount = "devstoreaccount1";

    /// <summary>The key that every storage emulator has; published by its makers.</summary>
    private const string DevelopmentKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly ErrorParser Parser = new();

    private readonly HttpPipeline pipeline;
    private readonly string version;

    private Wire(Uri endpoint, TableClientOptions options, HttpPipelinePolicy credential)
    {
        options ??= new TableClientOptions();
        Root = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        version = options.Version;
        pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            RequestFailedDetailsParser = Parser,
            PerRetryPolicies = { credential },
        });
    }

    public string Root { get; }

    public static Wire FromToken(Uri endpoint, TokenCredential credential, TableClientOptions options) =>
        new(endpoint, options, new BearerTokenAuthenticationPolicy(credential, "https://storage.azure.com/.default"));

    public static Wire FromConnectionString(string connectionString, TableClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var parts = connectionString
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0].Trim(), part => part[^1], StringComparer.OrdinalIgnoreCase);
        if (parts.GetValueOrDefault("UseDevelopmentStorage") == "true")
        {
            return FromKey($"http://127.0.0.1:10002/{DevelopmentAccount}", DevelopmentAccount, DevelopmentKey, options);
        }

        if (parts.GetValueOrDefault("AccountName") is not { } name || parts.GetValueOrDefault("AccountKey") is not { } key)
        {
            throw new InvalidOperationException("No valid combination of account information found.");
        }

        var endpoint = parts.GetValueOrDefault("TableEndpoint")
            ?? $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.table."
            + parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return FromKey(endpoint, name, key, options);
    }

    public static string PathOf(string table, string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return $"{table}(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";
    }

    public static string ErrorCode(Response response) => Failure(response).ErrorCode;

    public static RequestFailedException Failure(Response response) => new(response, null, Parser);

    public HttpMessage Message(
        RequestMethod method, string path, byte[] body = null, string ifMatch = null, string query = null)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri($"{Root}/{path}{(query is null ? "" : "?" + query)}"));
        request.Headers.SetValue("x-ms-version", version);
        request.Headers.SetValue("DataServiceVersion", "3.0");
        request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        if (ifMatch is not null)
        {
            request.Headers.SetValue("If-Match", ifMatch);
        }

        if (body is not null)
        {
            request.Content = RequestContent.Create(body);
            request.Headers.SetValue("Content-Type", "application/json");
            if (method == RequestMethod.Post)
            {
                request.Headers.SetValue("Prefer", "return-no-content");
            }
        }

        return message;
    }

    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await pipeline.SendAsync(message, cancellationToken);
        return message.Response;
    }

    public Response Send(HttpMessage message, CancellationToken cancellationToken)
    {
        pipeline.Send(message, cancellationToken);
        return message.Response;
    }

    private static Wire FromKey(string endpoint, string account, string key, TableClientOptions options) =>
        new(new Uri(endpoint), options, new SharedKeyLite(account, key));

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private sealed class ErrorParser : RequestFailedDetailsParser
    {
        public override bool TryParse(Response response, out ResponseError error, out IDictionary<string, string> data)
        {
            error = null;
            data = null;
            try
            {
                using var document = JsonDocument.Parse(response.Content.ToMemory());
                if (document.RootElement.TryGetProperty("odata.error", out var details))
                {
                    var text = details.GetProperty("message");
                    error = new ResponseError(
                        details.GetProperty("code").GetString(),
                        text.ValueKind == JsonValueKind.Object ? text.GetProperty("value").GetString() : text.GetString());
                }
            }
            catch (JsonException)
            {
                // a gateway on the way answered, and not the service
            }

            return error is not null;
        }
    }
}
