using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Hosting;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Orchestration;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Configuration;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace HumanTasks.Tests.Functions.Storage;

/// <summary>An account that is busy, broken, silent or out of reach, behind the genuine clients of Tables and Blobs.</summary>
public sealed partial class StorageThatRefuses : IDisposable
{
    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(15);

    private readonly FakeAccount account = new();
    private readonly StorageRefusals refusals = new(TimeProvider.System, NullLogger<StorageRefusals>.Instance);

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => account.Dispose();

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(500, "InternalError")]
    [InlineData(500, "OperationTimedOut")]
    [InlineData(502, "BadGateway")]
    [InlineData(504, "GatewayTimeout")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(408, "RequestTimeout")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(401, "NoAuthenticationInformation")]
    public async Task A_refusal_of_tables_or_blobs_says_that_the_storage_is_unavailable(int status, string code)
    {
        account.AnswerWith(status, code);

        foreach (var call in Calls())
        {
            var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(call);
            Assert.Contains($"{status} {code}", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(409, "EntityAlreadyExists")]
    [InlineData(412, "UpdateConditionNotSatisfied")]
    [InlineData(400, "InvalidInput")]
    public async Task An_answer_that_is_no_refusal_reaches_the_store_as_it_is(int status, string code)
    {
        account.AnswerWith(status, code);

        var failure = await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => Table().AddEntityAsync(new TableEntity("p", "r"), None));

        Assert.Equal(status, failure.Status);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_refusal()
    {
        account.Answer = (_, _) => throw new HttpRequestException("Connection refused");

        foreach (var call in Calls())
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(call);
        }
    }

    [Fact]
    public async Task An_account_that_never_answers_is_waited_for_no_longer_than_a_few_seconds()
    {
        account.Answer = async (_, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            throw new UnreachableException();
        };
        var began = Stopwatch.GetTimestamp();

        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => Table().GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: None));

        Assert.True(Stopwatch.GetElapsedTime(began) < ShortTime);
        Assert.Equal(1, account.Requests);
    }

    [Fact]
    public async Task A_pause_that_the_account_asks_for_is_left_to_the_caller()
    {
        account.AnswerWith(503, "ServerBusy", ("Retry-After", "120"));

        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => Table().GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: None));

        Assert.Equal(1, account.Requests);
    }

    [Fact]
    public async Task A_single_refusal_is_retried_and_nobody_notices()
    {
        var first = true;
        account.Answer = (_, _) =>
        {
            var answer = first ? FakeAccount.Response(503, "ServerBusy") : FakeAccount.Response(404, "ResourceNotFound");
            first = false;
            return Task.FromResult(answer);
        };

        Assert.False((await Table().GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: None)).HasValue);
        Assert.Equal(2, account.Requests);
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_no_refusal()
    {
        using var caller = new CancellationTokenSource();
        account.Answer = async (_, stop) =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, stop);
            throw new UnreachableException();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Table().GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: caller.Token));
    }

    [Theory]
    [InlineData("503 Service Unavailable", true)]
    [InlineData("500 Internal Server Error", true)]
    [InlineData("412 Precondition Failed", false)]
    public async Task A_transaction_is_judged_by_the_status_within(string status, bool refused)
    {
        account.Answer = (_, _) => Task.FromResult(Transaction(status));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Table().SubmitTransactionAsync(
            [new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "r"))], None));

        Assert.Equal(refused, failure is StorageUnavailableException);
    }

    private TableClient Table() => account.Tables(refusals, TimeProvider.System).GetTableClient("Runs");

    private IEnumerable<Func<Task>> Calls()
    {
        var table = Table();
        var files = account.Blobs(refusals, TimeProvider.System).GetBlobContainerClient("files");
        yield return () => table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: None);
        yield return () => table.AddEntityAsync(new TableEntity("p", "r"), None);
        yield return () => table.QueryAsync<TableEntity>(filter: (string?)null).ToListAsync().AsTask();
        yield return () => Task.Run(() => table.Query<TableEntity>(filter: (string?)null).ToList());
        yield return () => table.SubmitTransactionAsync(
            [new TableTransactionAction(TableTransactionActionType.Add, new TableEntity("p", "r"))], None);
        yield return () => files.GetBlobClient("b").UploadAsync(BinaryData.FromString("text"), overwrite: true, None);
        yield return () => files.GetBlobClient("b").DownloadContentAsync(None);
        yield return () => files.DeleteBlobIfExistsAsync("b", cancellationToken: None);
    }

    private static HttpResponseMessage Transaction(string status)
    {
        const string Changes = "changesetresponse_1";
        const string Batch = "batchresponse_1";
        var body = $"--{Batch}\r\nContent-Type: multipart/mixed; boundary={Changes}\r\n\r\n--{Changes}\r\n"
            + "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n\r\n"
            + """{"odata.error":{"code":"Code","message":{"lang":"en-US","value":"0:said the account"}}}"""
            + $"\r\n--{Changes}--\r\n--{Batch}--\r\n";
        var response = new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent(body, Encoding.UTF8) };
        response.Content.Headers.Remove("Content-Type");
        response.Content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/mixed; boundary={Batch}");
        return response;
    }

    /// <summary>An account that has every table and container, all empty.</summary>
    private static HttpResponseMessage Good(HttpRequestMessage request)
    {
        if (!request.RequestUri!.Host.Contains(".blob.", StringComparison.Ordinal))
        {
            return request.Method == HttpMethod.Post
                ? new HttpResponseMessage(HttpStatusCode.NoContent) { Content = new StringContent("") }
                : request.RequestUri.AbsolutePath.EndsWith("()", StringComparison.Ordinal)
                    ? new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(new { value = Array.Empty<object>() }) }
                    : FakeAccount.Response(404, "ResourceNotFound");
        }

        var created = request.Method == HttpMethod.Put ? HttpStatusCode.Created : HttpStatusCode.OK;
        var response = new HttpResponseMessage(created) { Content = new StringContent("") };
        response.Headers.TryAddWithoutValidation("ETag", "\"1\"");
        response.Content.Headers.TryAddWithoutValidation("Last-Modified", "Sun, 29 Nov 2026 12:00:00 GMT");
        return response;
    }

    /// <summary>The web layer over this account, in this process.</summary>
    private sealed class RefusingHost : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly HttpClient http;

        private RefusingHost(WebApplication app, HttpClient http, ManualTime time)
        {
            this.app = app;
            this.http = http;
            Time = time;
        }

        public ManualTime Time { get; }

        public static async Task<RefusingHost> StartAsync(FakeAccount account)
        {
            var address = HostProcess.FreeAddress();
            var key = ApiKeys.New();
            var settings = new HostSettings()
                .With("HumanTasks:LinkKeys:0", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))
                .With("HumanTasks:PublicBaseAddress", address.ToString())
                .With("HumanTasks:Environments:0:Id", "default")
                .With("HumanTasks:Storage:ConnectionString", FakeAccount.Options.ConnectionString!)
                .WithKey(0, "default", key, "admin", "runs", "tasks", "rule-sets");
            var builder = WebApplication.CreateSlimBuilder();
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(
                settings.Configuration.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
            builder.WebHost.UseUrls(address.ToString());
            builder.Logging.ClearProviders();
            var time = new ManualTime(TimeProvider.System.GetUtcNow());
            builder.Services
                .AddSingleton<TimeProvider>(time)
                .AddAzureStorage(builder.Configuration)
                .AddDurableRuns(builder.Configuration)
                .AddAzureMail(builder.Configuration)
                .AddHumanTasks(builder.Configuration);
            builder.Services.AddSingleton(provider => account.Tables(
                provider.GetRequiredService<StorageRefusals>(), provider.GetRequiredService<TimeProvider>()));
            builder.Services.AddSingleton(provider => account.Blobs(
                provider.GetRequiredService<StorageRefusals>(), provider.GetRequiredService<TimeProvider>()));
            var app = builder.Build();
            app.Services.GetRequiredService<TaskHub>().Use(new Mock<DurableTaskClient>("hub").Object);
            app.UseHumanTasks();
            await app.StartAsync();
            var http = new HttpClient { BaseAddress = address };
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            return new RefusingHost(app, http, time);
        }

        public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            if (method is "POST" or "PUT" && body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            }

            return await http.SendAsync(request);
        }

        public async Task<HttpResponseMessage> SendUntilAsync(string path, HttpStatusCode status)
        {
            for (var tries = 0; ; tries++)
            {
                var answer = await SendAsync("GET", path, null);
                if (answer.StatusCode == status || tries == 100)
                {
                    return answer;
                }

                answer.Dispose();
                Time.Advance(TimeSpan.FromSeconds(20));
            }
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
