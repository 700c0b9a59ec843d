using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using HumanTasks.Functions.Storage;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>A storage account behind the genuine clients whose answers a test decides.</summary>
internal sealed class FakeAccount : IDisposable
{
    private readonly Wire wire = new();
    private readonly HttpClient http;

    public FakeAccount() => http = new HttpClient(wire);

    public static StorageOptions Options { get; } = new()
    {
        ConnectionString = "DefaultEndpointsProtocol=https;AccountName=account;AccountKey=a2V5;EndpointSuffix=core.windows.net",
    };

    /// <summary>How many requests came.</summary>
    public int Requests => wire.Requests;

    /// <summary>What the account does with a request.</summary>
    public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer
    {
        set => wire.Answer = value;
    }

    public void AnswerWith(int status, string code, params (string Name, string Value)[] headers) =>
        Answer = (_, _) => Task.FromResult(Response(status, code, headers));

    public TableServiceClient Tables(StorageRefusals refusals, TimeProvider time)
    {
        var options = StorageClients.TableOptions(refusals, time);
        options.Transport = new HttpClientTransport(http);
        return StorageClients.Tables(Options, options);
    }

    public BlobServiceClient Blobs(StorageRefusals refusals, TimeProvider time)
    {
        var options = StorageClients.BlobOptions(refusals, time);
        options.Transport = new HttpClientTransport(http);
        return StorageClients.Blobs(Options, options);
    }

    public void Dispose() => http.Dispose();

    public static HttpResponseMessage Response(int status, string code, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("") };
        response.Headers.Add("x-ms-error-code", code);
        foreach (var (name, value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return response;
    }

    private sealed class Wire : HttpMessageHandler
    {
        private int requests;

        public int Requests => Volatile.Read(ref requests);

        public Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } =
            (_, _) => Task.FromResult(Response(503, "ServerBusy"));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
            SendAsync(request, cancellationToken).GetAwaiter().GetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref requests);
            var response = await Answer(request, cancellationToken);
            response.RequestMessage = request;
            return response;
        }
    }
}
