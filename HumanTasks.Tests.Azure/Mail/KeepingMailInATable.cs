using System.Text;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Storage;
using HumanTasks.Tests.Functions.Storage;
using HumanTasks.Web.Mail;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HumanTasks.Tests.Functions.Mail;

/// <summary>The outbox of the Azure host in development.</summary>
[NeedsAzurite]
public sealed class KeepingMailInATable : IAsyncLifetime
{
    private TableStores stores = null!;

    public async Task InitializeAsync() => stores = await TableStores.OpenAsync();

    public async Task DisposeAsync()
    {
        await stores.Tables.Outbox.DeleteAsync();
        await stores.DisposeAsync();
    }

    [Fact]
    public async Task Mails_are_listed_newest_first_each_once_and_by_every_instance()
    {
        var protection = new EphemeralDataProtectionProvider();
        var outbox = Outbox(protection);
        await outbox.SendAsync(Mail("first"), "1", CancellationToken.None);
        stores.Time.Advance(TimeSpan.FromSeconds(1));
        await outbox.SendAsync(Mail("second"), "2", CancellationToken.None);
        await outbox.SendAsync(Mail("second again"), "2", CancellationToken.None);

        var mails = await Outbox(protection).ListAsync(CancellationToken.None);

        Assert.Equal(["second", "first"], mails.Select(mail => mail.Email.Subject));
    }

    [Fact]
    public async Task No_link_lies_in_the_table_and_without_the_keys_there_is_no_mail()
    {
        await Outbox(new EphemeralDataProtectionProvider()).SendAsync(Mail("secret"), "1", CancellationToken.None);

        var entity = Assert.Single(stores.Tables.Outbox.Query<Azure.Data.Tables.TableEntity>().ToArray());
        Assert.DoesNotContain("/review/", Encoding.UTF8.GetString(entity.GetBinary("Body")), StringComparison.Ordinal);
        Assert.Empty(await Outbox(new EphemeralDataProtectionProvider()).ListAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("Development", null, typeof(TableOutbox))]
    [InlineData("Development", "endpoint=https://mail.example/;accesskey=a2V5", typeof(CommunicationEmailSender))]
    [InlineData("Production", null, typeof(NoEmailSender))]
    [InlineData(null, null, typeof(NoEmailSender))]
    public void It_is_there_in_development_where_no_mail_is_configured(string? environment, string? connection, Type expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AZURE_FUNCTIONS_ENVIRONMENT"] = environment,
            ["HumanTasks:Storage:ConnectionString"] = "UseDevelopmentStorage=true",
            ["HumanTasks:Email:ConnectionString"] = connection,
            ["HumanTasks:Email:Sender"] = connection is null ? null : "from@mail.example",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(new MailBodies(null!, new EnvironmentCatalog([])));
        services.AddDataProtection();
        using var provider = services.AddAzureStorage(configuration).AddAzureMail(configuration).BuildServiceProvider();

        Assert.IsType(expected, provider.GetRequiredService<IEmailSender>());
        Assert.Equal(expected == typeof(TableOutbox), provider.GetService<IOutbox>() is not null);
    }

    private TableOutbox Outbox(IDataProtectionProvider protection) =>
        new(stores.Tables, new Bodies(stores.Values), protection, stores.Time);

    private static Email Mail(string subject) => new(
        ["reader@example.com"], [], subject, "https://example.com/review/token", "https://example.com/review/token", "c");
}
