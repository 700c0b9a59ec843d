using HumanTasks.Core.Ports;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Storage;
using HumanTasks.Functions.Sweeping;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanTasks.Tests.Functions.Storage;

public sealed class ConfiguringStorage
{
    private const string Account = "HumanTasks:Storage:AccountName";
    private const string Connection = "HumanTasks:Storage:ConnectionString";
    private const string Sender = "HumanTasks:Email:Sender";
    private const string Endpoint = "HumanTasks:Email:Endpoint";

    [Fact]
    public void A_connection_string_is_enough()
    {
        using var services = Services((Connection, "UseDevelopmentStorage=true"));

        Assert.Same(services.GetRequiredService<IRunStore>(), services.GetRequiredService<IRunIndex>());
        Assert.IsType<TableRuleSetStore>(services.GetRequiredService<IRuleSetStore>());
        Assert.IsType<TableIdempotencyStore>(services.GetRequiredService<IIdempotencyStore>());
        Assert.IsType<BlobFileStore>(services.GetRequiredService<IFileStore>());
        Assert.IsType<TableXmlRepository>(services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository);
        Assert.IsType<NoEmailSender>(services.GetRequiredService<IEmailSender>());
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Fact]
    public void An_account_is_reached_with_the_identity_that_is_named()
    {
        using var services = Services(
            (Account, "sthumantasks"),
            ("HumanTasks:Storage:ClientId", "5f0c1a7e-8f43-4a5a-9b1e-0d2f7f6f3b11"),
            ("HumanTasks:Email:Endpoint", "acs-humantasks.europe.communication.azure.com"),
            ("HumanTasks:Email:Sender", "DoNotReply@example.com"));

        Assert.IsType<TableRunStore>(services.GetRequiredService<IRunStore>());
        Assert.IsType<CommunicationEmailSender>(services.GetRequiredService<IEmailSender>());
        var options = services.GetRequiredService<StorageOptions>();
        Assert.Equal("https://sthumantasks.table.core.windows.net/", options.Endpoint("table").AbsoluteUri);
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [InlineData("HumanTasks:Storage:AccountName", "", "")]
    [InlineData("HumanTasks:Storage:ConnectionString", Account, "account", Connection, "UseDevelopmentStorage=true")]
    [InlineData("HumanTasks:Storage:AccountName", Account, "https://account.table.core.windows.net")]
    [InlineData("HumanTasks:Storage:ClientId", Account, "account", "HumanTasks:Storage:ClientId", "my-identity")]
    [InlineData("HumanTasks:Storage:Prefix", Account, "account", "HumanTasks:Storage:Prefix", "human-tasks")]
    [InlineData("HumanTasks:Email:Sender", Account, "account", Endpoint, "https://mail.example.com")]
    [InlineData("HumanTasks:Email:Endpoint", Account, "account", Sender, "a@example.com")]
    [InlineData("HumanTasks:Email:Endpoint", Account, "a", Sender, "a@example.com", Endpoint, "http://mail.example.com")]
    public void What_is_wrong_is_said_at_the_start_and_by_name(string named, params string[] settings)
    {
        using var services = Services([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        var failure = Assert.ThrowsAny<Exception>(services.GetRequiredService<IStartupValidator>().Validate);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Where(setting => setting.Key.Length > 0)
                .Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Web.Mail.MailBodies(null!, new Core.Environments.EnvironmentCatalog([])))
            .AddAzureStorage(configuration)
            .AddAzureMail(configuration)
            .BuildServiceProvider();
    }
}
