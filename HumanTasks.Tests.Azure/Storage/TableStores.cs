using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>Stores over tables of their own, which are removed afterwards.</summary>
internal sealed class TableStores : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TableStores(ServiceProvider services, Requests requests)
    {
        this.services = services;
        Requests = requests;
    }

    public Requests Requests { get; }

    public MemoryValues Values => (MemoryValues)services.GetRequiredService<ILargeValues>();

    public ManualTime Time => (ManualTime)services.GetRequiredService<TimeProvider>();

    public TableRunStore Runs => services.GetRequiredService<TableRunStore>();

    public StorageTables Tables => services.GetRequiredService<StorageTables>();

    public Stores All => new(
        Runs, services.GetRequiredService<IRuleSetStore>(), services.GetRequiredService<IIdempotencyStore>(), services.GetRequiredService<IDocumentStore>());

    public static async Task<TableStores> OpenAsync()
    {
        var requests = new Requests();
        var options = StorageClients.TableOptions(
            new StorageRefusals(TimeProvider.System, NullLogger<StorageRefusals>.Instance), TimeProvider.System);
        options.AddPolicy(requests, HttpPipelinePosition.PerCall);
        options.AddPolicy(new LostAnswers(requests), HttpPipelinePosition.PerRetry);
        var service = new TableServiceClient(await Azurite.ConnectionStringAsync(), options);
        var prefix = $"t{Ids.New(TimeProvider.System.GetUtcNow())}";

        var stores = new TableStores(
            new ServiceCollection()
                .AddLogging()
                .AddSingleton<TimeProvider>(new ManualTime(Sample.Start))
                .AddSingleton<ILargeValues, MemoryValues>()
                .AddSingleton(new StorageTables(service, prefix))
                .AddTableStores()
                .BuildServiceProvider(),
            requests);
        await stores.Tables.CreateAsync(CancellationToken.None);
        requests.Clear();
        return stores;
    }

    public async ValueTask DisposeAsync()
    {
        Requests.Fail = null;
        await Task.WhenAll(Tables.All.Select(table => table.DeleteAsync()));
        await services.DisposeAsync();
    }
}

/// <summary>What was asked of the table service; can let requests fail before they are sent.</summary>
internal sealed class Requests : HttpPipelinePolicy
{
    private readonly Lock gate = new();
    private readonly List<string> sent = [];

    /// <summary>Chooses requests, as <c>METHOD path</c>, that never reach the service.</summary>
    public Func<string, bool>? Fail { get; set; }

    /// <summary>Chooses the request, among those yet to come, whose answer gets lost once.</summary>
    public Func<string, bool>? LoseAnswerOf { get; set; }

    public IReadOnlyList<string> Sent
    {
        get
        {
            lock (gate)
            {
                return [.. sent];
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            sent.Clear();
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Note(HttpMessage message)
    {
        var request = Describe(message);
        if (Fail?.Invoke(request) == true)
        {
            throw new Azure.RequestFailedException(503, "The test cuts the wire.");
        }

        lock (gate)
        {
            sent.Add(request);
        }
    }

    /// <summary>Method and address, and the body of a transaction.</summary>
    public static string Describe(HttpMessage message)
    {
        var request = $"{message.Request.Method} {message.Request.Uri.ToUri().PathAndQuery}";
        if (!message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal))
        {
            return request;
        }

        using var body = new MemoryStream();
        message.Request.Content!.WriteTo(body, CancellationToken.None);
        return $"{request}\n{System.Text.Encoding.UTF8.GetString(body.ToArray())}";
    }
}

/// <summary>Loses answers where <see cref="Requests"/> says so; the client then repeats the request on its own.</summary>
internal sealed class LostAnswers(Requests requests) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (requests.LoseAnswerOf?.Invoke(Requests.Describe(message)) == true)
        {
            requests.LoseAnswerOf = null;
            throw new IOException("The line went dead.");
        }
    }
}

/// <summary>Large values in memory.</summary>
internal sealed class MemoryValues : ILargeValues
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> values = new();

    public IReadOnlyCollection<string> Names => [.. values.Keys];

    public Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        values[name] = value.ToArray();
        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> GetAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>>(values[name]);

    public Task DeleteAllAsync(string prefix, CancellationToken cancellationToken)
    {
        foreach (var name in values.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            values.TryRemove(name, out _);
        }

        return Task.CompletedTask;
    }
}
