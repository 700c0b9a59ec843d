using System.Text.Json.Nodes;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace HumanTasks.Tests.Functions.Infrastructure;

/// <summary>
/// A deployment replaces all app settings, so every setting has a parameter: whatever the options classes and the docs name
/// is given by parameters, evaluated by the compiler and read back as the app reads it.
/// </summary>
[NeedsBicep]
public sealed partial class ConfiguringADeployment
{
    private const string Vault = "@Microsoft.KeyVault(VaultName=";

    /// <summary>Options whose values are secrets: their parameters name secrets of the Key Vault.</summary>
    private static readonly HashSet<(Type? Type, string Property)> Secrets =
    [
        (typeof(EnvironmentOptions), nameof(EnvironmentOptions.WebhookSecrets)),
        (typeof(EnvironmentOptions), nameof(EnvironmentOptions.Secrets)),
        (typeof(ChannelOptions), nameof(ChannelOptions.Address)),
        (typeof(ModelOptions), nameof(ModelOptions.ApiKey)),
        (typeof(OpenIdConnectSettings), nameof(OpenIdConnectSettings.ClientSecret)),
        (typeof(HumanTasksOptions), nameof(HumanTasksOptions.LinkKeys)),
        (typeof(HumanTasksOptions), "Secrets"),
    ];

    /// <summary>What the docs name and a deployment on Azure does not have, with the reason.</summary>
    private static readonly Dictionary<string, string> NotOnAzure = new()
    {
        ["DataFolder"] = "The records are in the storage account.",
        ["Smtp"] = "Mail goes through Communication Services.",
        ["Storage:ConnectionString"] = "For development: a deployment uses its identity.",
        ["Email:ConnectionString"] = "For development: a deployment uses its identity.",
    };

    /// <summary>Parameters of the infrastructure alone, which stand in the parameters file of whoever wants other ones.</summary>
    private static readonly string[] Sizes =
    [
        "schedulerSku", "maximumInstanceCount", "instanceMemoryMB", "httpConcurrency", "alwaysReadyHttp", "alwaysReadyDurable", "logRetentionDays",
    ];

    [Fact]
    public async Task Every_option_has_a_parameter_and_is_read_back()
    {
        var parameters = Whole(out var expected);

        var settings = await Templates.AppSettingsAsync(parameters);

        var lost = expected
            .Where(setting => !settings.TryGetValue(Variable(setting.Key), out var value) || !IsSame(setting.Value, value))
            .Select(setting => $"{setting.Key} should be {setting.Value}");
        Assert.True(!lost.Any(), "Give these a parameter in infra/main.bicep:\n" + string.Join('\n', lost));
        Assert.NotNull(Configuration(settings).GetSection(HumanTasksOptions.Section).Get<HumanTasksOptions>());
    }

    [Theory]
    [InlineData("docs/guide.md")]
    [InlineData("docs/azure.md")]
    public async Task Every_documented_setting_has_a_way_in(string document)
    {
        var settings = Configuration(await Templates.AppSettingsAsync(Whole(out _)));
        var documented = Documented(await Repository.ReadAsync(document));

        Assert.True(documented.Count > 8, "The table of settings was not found.");
        Assert.DoesNotContain(documented, name => !NotOnAzure.ContainsKey(name) && !settings.GetSection($"HumanTasks:{name}").Exists());
    }

    [Fact]
    public async Task Secrets_stand_in_no_parameter_and_no_setting()
    {
        var settings = await Templates.AppSettingsAsync(Whole(out _));

        foreach (var secret in new[]
                 {
                     "LinkKeys__0", "Environments__0__WebhookSecrets__0", "Environments__0__Channels__0__Address", "Models__0__ApiKey",
                     "SignIn__OpenIdConnect__ClientSecret",
                 })
        {
            Assert.StartsWith(Vault, settings[$"HumanTasks__{secret}"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_other_setting_and_secret_comes_in_and_wins()
    {
        var parameters = Minimal();
        parameters["extraSettings"] = new JsonObject
        {
            ["HumanTasks__Storage__Prefix"] = "Other",
            ["HumanTasks__AllowPrivateAddresses"] = "true",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://collector.example.com",
        };
        parameters["extraKeyVaultSettings"] = new JsonObject { ["OTEL_EXPORTER_OTLP_HEADERS"] = "collector-headers" };

        var settings = await Templates.AppSettingsAsync(parameters);

        Assert.Equal("Other", settings["HumanTasks__Storage__Prefix"]);
        Assert.Equal("true", settings["HumanTasks__AllowPrivateAddresses"]);
        Assert.EndsWith("SecretName=collector-headers)", settings["OTEL_EXPORTER_OTLP_HEADERS"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_needs_no_more_than_a_name_and_a_region()
    {
        var settings = await Templates.AppSettingsAsync(Minimal());

        var options = Configuration(settings).GetSection(HumanTasksOptions.Section).Get<HumanTasksOptions>()!;
        Assert.Equal("default", Assert.Single(options.Environments).Id);
        Assert.False(options.AllowPrivateAddresses);
        Assert.StartsWith(Vault, Assert.Single(options.LinkKeys), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_gets_no_exporter_because_its_spans_hold_whole_paths()
    {
        var settings = await Templates.AppSettingsAsync(Whole(out _));

        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("APPLICATIONINSIGHTS_", StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Keys, name => name.StartsWith("OTEL_", StringComparison.Ordinal));
        Assert.Contains("HumanTasks__Telemetry__ConnectionString", settings.Keys);
    }

    [Fact]
    public async Task No_template_needs_a_module_registry()
    {
        foreach (var template in Directory.EnumerateFiles(Path.Combine(Repository.Root!, "infra"), "*.bicep", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("'br", await File.ReadAllTextAsync(template), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_parameter_is_in_the_parameters_file_the_workflow_and_the_table()
    {
        var parameters = Parameter().Matches(await Repository.ReadAsync("infra/main.bicep")).Select(match => match.Groups["name"].Value).ToList();
        var file = JsonNode.Parse(await Repository.ReadAsync("infra/main.parameters.json"))!["parameters"]!.AsObject();
        var workflow = await Repository.ReadAsync(".github/workflows/deploy.yml");
        var table = await Repository.ReadAsync("infra/README.md");

        Assert.True(parameters.Count > 20);
        Assert.All(parameters, name => Assert.Contains($"`{name}`", table, StringComparison.Ordinal));
        Assert.Equal(
            parameters.Except(Sizes).Order(StringComparer.Ordinal), file.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        foreach (var entry in file)
        {
            var variable = EnvironmentVariable().Match(entry.Value!["value"]!.GetValue<string>()).Groups["name"].Value;
            Assert.Contains(variable, workflow, StringComparison.Ordinal);
            Assert.Contains($"`{variable}`", table, StringComparison.Ordinal);
        }
    }
}
