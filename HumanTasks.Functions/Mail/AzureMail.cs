using Azure.Communication.Email;
using HumanTasks.Core.Ports;
using HumanTasks.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Mail;

internal static class AzureMail
{
    public static IServiceCollection AddAzureMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<EmailOptions>, EmailOptions.Validator>();
        services.AddOptions<EmailOptions>().Bind(configuration.GetSection(EmailOptions.Section)).ValidateOnStart();
        return services.AddSingleton<IEmailSender>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<EmailOptions>>().Value;
            return options.IsConfigured
                ? new CommunicationEmailSender(Client(options, provider.GetRequiredService<StorageOptions>()), options.Sender!)
                : new NoEmailSender();
        });
    }

    private static EmailClient Client(EmailOptions options, StorageOptions storage) =>
        options.ConnectionString is { Length: > 0 } connectionString
            ? new EmailClient(connectionString)
            : new EmailClient(options.Address!, AzureStorage.Identity(options.ClientId ?? storage.ClientId));
}
