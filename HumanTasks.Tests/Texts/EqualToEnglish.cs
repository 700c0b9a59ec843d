using System.Collections;
using HumanTasks.Core.Texts;

namespace HumanTasks.Tests.Texts;

/// <summary>Texts that are the same in another language and in English, each of them on purpose.</summary>
public sealed class EqualToEnglish
{
    /// <summary>Only what is put in, units and signs: the same in every language that writes them so.</summary>
    private static readonly string[] Signs =
        ["ReceivedLead", "About", "HourOf", "Milliseconds", "Seconds", "MinutesSeconds", "HoursMinutes"];

    /// <summary>Words that the language shares with English, by their keys.</summary>
    private static readonly Dictionary<string, string[]> Shared = new()
    {
        ["de"] = ["Webhook", "AnswerStatus", "Context", "ContextCount", "VerifyCode", "Branding", "Status", "Link", "Code", "Name", "HomeStatus", "HomeDemo", "HomeStudio", "Version", "VersionNumber", "Definition", "Logo"],
        ["fr"] = ["Images", "Audio", "VerifyCode", "PageTitle", "Sessions", "Action", "Code", "Pages"],
        ["es"] = ["RoleEditor", "No", "Error", "ErrorTitle", "Audio"],
        ["it"] = ["No", "Audio", "Privacy", "File", "Link"],
        ["nl"] = ["Context", "ContextCount", "Audio", "VerifyCode", "Privacy", "ReceiptRun", "Runs", "Status", "Link", "Run", "Code", "Filters"],
        ["pl"] = ["Branding", "Link"],
        ["pt"] = ["RoleEditor"],
        ["ja"] = [],
        ["zh-Hans"] = [],
        ["ar"] = [],
    };

    public static TheoryData<string> Translations() => [.. Languages.All.Skip(1)];

    [Theory]
    [MemberData(nameof(Translations))]
    public void A_translation_is_equal_to_English_only_where_it_is_listed(string language)
    {
        var equal = Families().SelectMany(family => EqualIn(family, language)).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(equal.Except(Signs).Except(Shared[language]));
        Assert.Empty(Shared[language].Except(equal)); // the list has nothing that was translated since
    }

    private static IEnumerable<string> EqualIn(TextResources family, string language)
    {
        var english = Texts(family, Languages.Fallback);
        return Texts(family, language)
            .Where(text => english.GetValueOrDefault(text.Key) == text.Value || english.GetValueOrDefault($"{text.Key.Split('.')[0]}.other") == text.Value)
            .Select(text => text.Key);
    }

    private static IEnumerable<TextResources> Families() =>
    [
        Web.Texts.ReviewTexts.Resources, Core.Forms.FormTexts.Resources, Core.Notices.NoticeTexts.Resources,
        Web.Texts.StudioTexts.Resources, Web.Texts.StudioAdminTexts.Resources,
    ];

    private static Dictionary<string, string> Texts(TextResources family, string language)
    {
        // only German has those of who runs the Studio
        if (family == Web.Texts.StudioAdminTexts.Resources && language is not (Languages.Fallback or "de"))
        {
            return [];
        }

        return family.All(language)!.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }
}
