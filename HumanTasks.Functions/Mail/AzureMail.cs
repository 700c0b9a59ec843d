using Azure.Communication.Email;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Storage;
using HumanTasks.Web.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Mail;

internal static class AzureMail
{
    /// <summary>
    /// The setting that names the Functions host's environment. The Core Tools set it to Development.
    /// </summary>
    private const string EnvironmentSetting = "AZURE_FUNCTIONS_ENVIRONMENT";

    public static IServiceCollection AddAzureMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptions.Validator>();
        services.AddOptions<EmailOptions>().Bind(configuration.GetSection(EmailOptions.Section)).ValidateOnStart();
        var options = configuration.GetSection(EmailOptions.Section).Get<EmailOptions>() ?? new EmailOptions();
        if (options.IsConfigured)
        {
            return services.AddSingleton<IEmailSender>(provider => new CommunicationEmailSender(
                Client(options, provider.GetRequiredService<StorageOptions>()), options.Sender!, provider.GetRequiredService<MailBodies>()));
        }

        if (configuration[EnvironmentSetting] != Environments.Development)
        {
            return services.AddSingleton<IEmailSender, NoEmailSender>();
        }

        services.AddSingleton<TableOutbox>();
        services.AddSingleton<IOutbox>(provider => provider.GetRequiredService<TableOutbox>());
        return services.AddSingleton<IEmailSender>(provider => provider.GetRequiredService<TableOutbox>());
    }

    private static EmailClient Client(EmailOptions options, StorageOptions storage) =>
        options.ConnectionString is { Length: > 0 } connectionString
            ? new EmailClient(connectionString)
            : new EmailClient(options.Address!, AzureStorage.Identity(options.ClientId ?? storage.ClientId));
}
