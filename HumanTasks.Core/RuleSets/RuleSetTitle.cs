using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>The template for the names of a rule set's runs.</summary>
internal static class RuleSetTitle
{
    public const int MaxLength = 500;

    /// <summary>Reads the template, and records it as a problem if it is none or names a configured secret.</summary>
    public static Template? Read(ObjectReader reader)
    {
        if (reader.Text(RuleSetShape.Title) is not { Length: > 0 } text)
        {
            return null;
        }

        var template = Template.TryParse(text, out var problem, reader.Problems.Stored);
        if (template is null)
        {
            reader.Refuse(RuleSetShape.Title, problem!);
        }
        else if (template.Paths.Select(SecretPath.NameOf).FirstOrDefault(name => name is not null) is { } name && !reader.Problems.Stored)
        {
            reader.Refuse(RuleSetShape.Title, $"'secret.{name}' is a configured secret. Use it only in the headers and body of an http action.");
        }

        return template;
    }

    /// <summary>Returns the template in a document that was validated before.</summary>
    public static Template? Of(JsonElement definition) =>
        definition.TryGetProperty(RuleSetShape.Title.Name, out var title) && title.ValueKind == JsonValueKind.String
            ? Template.TryParse(title.GetString()!, out _, stored: true)
            : null;
}
