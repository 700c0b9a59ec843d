using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace HumanTasks.Core.Texts;

/// <summary>
/// The texts in all languages, from resource files in the assembly itself (<c>NAME.resx</c> is English,
/// <c>NAME.de.resx</c> German), so no deployment can lack one.
/// </summary>
/// <param name="of">The type that the files are named after.</param>
public sealed class TextResources(Type of)
{
    private readonly ConcurrentDictionary<string, ResourceManager> managers = new(StringComparer.Ordinal);

    /// <summary>Returns a text in a language, or in English if that language lacks it.</summary>
    /// <exception cref="InvalidOperationException">The text does not exist.</exception>
    public string Get(string language, string name) =>
        Manager(language).GetString(name, CultureInfo.InvariantCulture)
        ?? Manager(Languages.Fallback).GetString(name, CultureInfo.InvariantCulture)
        ?? throw new InvalidOperationException($"{of.Name}.resx has no text '{name}'.");

    /// <summary>
    /// Returns the plural form of a text for a number: <c>name.one</c>, <c>name.few</c>, <c>name.other</c> and so on.
    /// </summary>
    public string Count(string language, string name, long number) =>
        Get(language, $"{name}.{Plurals.Of(language, number)}");

    /// <summary>Returns all texts of a language by name.</summary>
    public ResourceSet? All(string language) =>
        Manager(language).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false);

    private ResourceManager Manager(string language) => managers.GetOrAdd(
        language,
        static (language, of) => new ResourceManager(language == Languages.Fallback ? of.FullName! : $"{of.FullName}.{language}", of.Assembly),
        of);
}
