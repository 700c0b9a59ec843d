using System.Text.Json;

namespace HumanTasks.Tests.Forms;

/// <summary>What people type for numbers and what it means, for whoever reads it: the server and the script of the page.</summary>
public static class TypedNumbers
{
    public static IReadOnlyList<TypedNumberCase> All { get; } = Read();

    private static TypedNumberCase[] Read()
    {
        using var json = typeof(TypedNumbers).Assembly.GetManifestResourceStream("numbers.json")!;
        return JsonSerializer.Deserialize<TypedNumberCase[]>(json, JsonSerializerOptions.Web)!;
    }
}
