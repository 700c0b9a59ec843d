using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HumanTasks.Functions.Mail;
using HumanTasks.Functions.Storage;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace HumanTasks.Tests.Functions.Infrastructure;

public sealed partial class ConfiguringADeployment
{
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
