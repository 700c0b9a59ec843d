using System.Reflection;
using System.Text.Json.Serialization;

namespace HumanTasks.Tests.Architecture;

/// <summary>The descriptions of JSON (<see cref="JsonSerializerContext"/>) that assemblies have.</summary>
internal static class JsonDescriptions
{
    /// <summary>Fails for a description that takes <c>id</c> and <c>ID</c> for one name.</summary>
    public static void AssertCaseSensitive(IEnumerable<Assembly> assemblies)
    {
        var descriptions = assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)) && !type.IsAbstract)
            .Select(type => (Type: type, Context: (JsonSerializerContext)type.GetProperty("Default")!.GetValue(null)!))
            .ToArray();

        Assert.NotEmpty(descriptions);
        Assert.DoesNotContain(descriptions, description => description.Context.Options.PropertyNameCaseInsensitive);
    }
}
