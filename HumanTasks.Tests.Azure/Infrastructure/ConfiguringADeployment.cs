using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Storage;
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

    private static JsonObject Minimal() => new() { ["environmentName"] = "test", ["location"] = "westeurope" };

    /// <summary>Parameters that give every option a value of its own, and the configuration that must come of them.</summary>
    private static JsonObject Whole(out Dictionary<string, string> expected)
    {
        expected = [];
        var parameters = Minimal();
        foreach (var (name, value) in Members(typeof(HumanTasksOptions), "", expected))
        {
            parameters[name] = value;
        }

        parameters["emailSender"] = "someone@example.com";
        foreach (var type in new[] { typeof(StorageOptions), typeof(EmailOptions) })
        {
            var section = type == typeof(StorageOptions) ? "Storage" : "Email";
            foreach (var property in Properties(type).Where(property => !NotOnAzure.ContainsKey($"{section}:{property.Name}")))
            {
                expected[$"{section}:{property.Name}"] = ""; // the template knows the value
            }
        }

        parameters["storagePrefix"] = "Prefix";
        return parameters;
    }

    private static IEnumerable<(string Name, JsonNode Value)> Members(Type type, string path, Dictionary<string, string> expected)
    {
        foreach (var property in Properties(type))
        {
            var here = path + property.Name;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (!Secrets.Contains((type, property.Name)))
            {
                yield return (name, Value(property.PropertyType, here, expected));
            }
            else if (typeof(IDictionary).IsAssignableFrom(property.PropertyType) || Arguments(property.PropertyType).Length == 2)
            {
                expected[$"{here}:NAME"] = Vault;
                yield return ($"{name.TrimEnd('s')}Names", new JsonObject { ["NAME"] = "a-secret" });
            }
            else if (Arguments(property.PropertyType).Length == 1)
            {
                expected[$"{here}:0"] = Vault;
                yield return ($"{(name.EndsWith("Secrets", StringComparison.Ordinal) ? name[..^7] : name.TrimEnd('s'))}SecretNames", new JsonArray("a-secret"));
            }
            else
            {
                expected[here] = Vault;
                yield return (name.EndsWith("Secret", StringComparison.Ordinal) ? $"{name}Name" : $"{name}SecretName", "a-secret");
            }
        }
    }

    private static JsonNode Value(Type type, string path, Dictionary<string, string> expected)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Arguments(type) is [_, var inner])
        {
            return new JsonObject { ["code"] = Value(inner, $"{path}:code", expected) };
        }

        if (Arguments(type) is [var item])
        {
            return new JsonArray(Value(item, $"{path}:0", expected));
        }

        if (type.IsClass && type != typeof(string) && type != typeof(Uri))
        {
            var members = new JsonObject();
            foreach (var (name, value) in Members(type, $"{path}:", expected))
            {
                members[name] = value;
            }

            return members;
        }

        JsonNode given = type == typeof(bool) ? true
            : type.IsEnum ? Enum.GetNames(type)[^1]
            : type == typeof(Uri) ? $"https://example.com/{expected.Count}"
            : type == typeof(string) ? Text(path, expected.Count)
            : 7 + expected.Count;
        expected[path] = given.ToString();
        return given;
    }

    private static string Text(string path, int number) =>
        path.EndsWith(":Hash", StringComparison.Ordinal) ? new string('a', 64)
        : path.Contains(":Scopes:", StringComparison.Ordinal) ? "tasks"
        : $"value{number}";

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite || Arguments(property.PropertyType).Length > 0 || property.PropertyType.Namespace == typeof(HumanTasksOptions).Namespace);

    private static Type[] Arguments(Type type) =>
        type.IsGenericType && type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments() : [];

    private static string Variable(string key) => $"HumanTasks__{key.Replace(":", "__", StringComparison.Ordinal)}";

    private static bool IsSame(string expected, string given) =>
        expected == Vault
            ? given.StartsWith(Vault, StringComparison.Ordinal)
            : expected.Length == 0 || expected.Equals(given, StringComparison.OrdinalIgnoreCase);

    private static IConfigurationRoot Configuration(IReadOnlyDictionary<string, string> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting =>
            KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
        .Build();

    /// <summary>The settings of the tables, without the prefix, with 0 for every number.</summary>
    private static List<string> Documented(string text)
    {
        var names = new List<string>();
        foreach (Match row in Row().Matches(text.Split("| setting |")[1].Split("\n\n")[0]))
        {
            string? last = null;
            foreach (Match name in Quoted().Matches(row.Groups["names"].Value))
            {
                var setting = name.Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal).Replace("…", "", StringComparison.Ordinal).TrimEnd(':');
                if (setting.StartsWith(':') && last is not null)
                {
                    setting = last[..last.LastIndexOf(':')] + setting;
                }

                last = setting;
                names.Add(Number().Replace(setting.Replace("HumanTasks:", "", StringComparison.Ordinal), ":0"));
            }
        }

        return names;
    }

    [GeneratedRegex(@"^\|(?<names>[^|]*`[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(":[nm](?=:|$)")]
    private static partial Regex Number();

    [GeneratedRegex(@"^param (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\$\{(?<name>\w+)")]
    private static partial Regex EnvironmentVariable();
}
