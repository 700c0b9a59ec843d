namespace HumanTasks.Web.Texts;

/// <summary>The names of languages in the languages themselves.</summary>
internal static class LanguageName
{
    public static string Of(string language) => language switch
    {
        "en" => "English",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "pl" => "Polski",
        "pt" => "Português (Portugal)",
        "ja" => "日本語",
        "zh-Hans" => "简体中文",
        "ar" => "العربية",
        _ => throw new ArgumentException($"No name is known for '{language}'.", nameof(language)),
    };
}
