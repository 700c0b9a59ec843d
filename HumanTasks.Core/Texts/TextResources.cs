using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;

namespace HumanTasks.Core.Texts;

/// <summary>
/// Texts for people in all languages, of resource files that stand in the assembly itself (<c>NAME.resx</c> is English,
/// <c>NAME.de.resx</c> German), so that a deployment cannot lack one.
/// </summary>
/// <param name="of">The type that the files are named after.</param>
public sealed class TextResources(Type of)
{
    private readonly ConcurrentDictionary<string, ResourceManager> managers = new(StringComparer.Ordinal);

    /// <summary>The text in a language, in English where it lacks it.</summary>
    /// <exception cref="InvalidOperationException">There is no such text.</exception>
    public string Get(string language, string name) =>
        Manager(language).GetString(name, CultureInfo.InvariantCulture)
        ?? Manager(Languages.Fallback).GetString(name, CultureInfo.InvariantCulture)
        ?? throw new InvalidOperationException($"{of.Name}.resx has no text '{name}'.");

    /// <summary>The form of a text that a number needs in a language: <c>name.one</c>, <c>name.few</c>, <c>name.other</c> and so on.</summary>
    public string Count(string language, string name, long number) =>
        Get(language, $"{name}.{Plurals.Of(language, number)}");

    /// <summary>All texts of a language by their names, to look through.</summary>
    public ResourceSet? All(string language) =>
        Manager(language).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false);

    private ResourceManager Manager(string language) => managers.GetOrAdd(
        language,
        static (language, of) => new ResourceManager(language == Languages.Fallback ? of.FullName! : $"{of.FullName}.{language}", of.Assembly),
        of);
}
