using System.Buffers;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Agents;

/// <summary>
/// Decides whether a text asks for the value of a secret or only mentions secrets. A sentence asks if it consists of a
/// secret alone, or if a request leads to the secret and nothing between them changes the meaning.
/// </summary>
internal static class SecretRequests
{
    private const int MaxGap = 70;
    private const int MaxGapUnspaced = 30;
    private const int MaxWords = 9;
    private const int MaxSentence = 600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Lazy<Judge[]> Judges = new(() => [.. SecretWords.All.Select(words => new Judge(words))]);

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?\n\r;:。؟؛…|");

    /// <param name="text">The text that a person would read.</param>
    /// <param name="alone">Whether a secret alone counts as a request, as in the label of a text field.</param>
    public static bool In(string? text, bool alone = true) =>
        !string.IsNullOrWhiteSpace(text) && PlainWords.Readings(text).Any(reading => Sentences(reading).Any(sentence => Asks(sentence, alone)));

    private static bool Asks(string sentence, bool alone)
    {
        try
        {
            return Judges.Value.Any(judge => judge.Asks(sentence, alone));
        }
        catch (RegexMatchTimeoutException)
        {
            return true; // a text that takes a second to match was not written for people
        }
    }

    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var end = text.AsSpan(start).IndexOfAny(Ends) is var at and >= 0 ? start + at : text.Length;
            end = Math.Min(end, start + MaxSentence);
            var sentence = Spaces.Replace(text[start..Math.Min(end + 1, text.Length)], " ").Trim();
            if (sentence.Length > 1)
            {
                yield return sentence;
            }

            start = end + 1;
        }
    }

    private static readonly Regex Spaces = new("[\\s*_`\"“”„«»'’‘()\\[\\]<>#]+", RegexOptions.CultureInvariant, Patience);

    /// <summary>The rules of one language.</summary>
    private sealed class Judge(SecretWords words)
    {
        private const string NoWordBefore = @"(?<![\p{L}\p{N}])";
        private const string NoWordAfter = @"(?![\p{L}\p{N}])";

        private readonly Regex script = new(words.Script, RegexOptions.CultureInvariant, Patience);
        private readonly Regex things = Whole(words.Things, words.Spaced);
        private readonly Regex asks = Whole(words.Asks, words.Spaced);
        private readonly Regex asksAfter = Whole(words.AsksAfter, words.Spaced);
        private readonly Regex between = Whole(words.Between, words.Spaced);
        private readonly Regex negations = Whole(words.Negations, words.Spaced);
        private readonly Regex reminders = Whole(words.Reminders, words.Spaced);
        // Texts may mix words of two languages.
        private readonly Regex fillers = Whole(words.Spaced ? $"{words.Fillers}|{SecretWords.English.Fillers}" : words.Fillers, words.Spaced);
        private readonly Regex headAfter = new($@"\A[ ,]?(?:{PlainWords.Of(words.HeadsAfter)})", RegexOptions.CultureInvariant, Patience);
        private readonly Regex headBefore = new($@"(?:{PlainWords.Of(words.HeadsBefore)}) ?\z", RegexOptions.CultureInvariant, Patience);
        private readonly Regex negatedAfter = new($@"\A (?:{PlainWords.Of(words.Negations)}){NoWordAfter}", RegexOptions.CultureInvariant, Patience);
        private readonly Regex belongings = new($@"(?<=[^s]) (?:{PlainWords.Of(words.Belongings)})( [\p{{L}}\p{{N}}]+){{1,4}}\z", RegexOptions.CultureInvariant, Patience);
        private readonly Regex topics = new($@"\A[¿¡ ]*(?:{PlainWords.Of(words.Topics)})(?:(?<=[^\p{{L}}\p{{N}}])|{(words.Spaced ? NoWordAfter : "")})", RegexOptions.CultureInvariant, Patience);

        public bool Asks(string sentence, bool alone)
        {
            var found = things.Matches(sentence);
            return found.Count > 0 && script.IsMatch(sentence)
                && ((alone && IsAlone(sentence))
                    || (!topics.IsMatch(sentence) && found.Any(thing => IsAskedFor(sentence, thing.Index, thing.Index + thing.Length))));
        }

        private bool IsAlone(string sentence)
        {
            var alone = belongings.Replace(sentence, "");
            return things.IsMatch(alone) && !fillers.Replace(things.Replace(alone, " "), " ").Any(char.IsLetterOrDigit);
        }

        private bool IsAskedFor(string sentence, int start, int end)
        {
            var (before, after) = (sentence[..start], sentence[end..]);
            return !headAfter.IsMatch(after) && !headBefore.IsMatch(before)
                && ((!negatedAfter.IsMatch(after) && asks.Matches(before).Any(cue => Leads(before[(cue.Index + cue.Length)..]) && !IsNegated(before[..cue.Index])))
                    || asksAfter.Matches(after).Any(cue =>
                        Leads(after[..cue.Index]) && !IsNegated(before) && !IsNegated(after[..Math.Min(after.Length, cue.Index + cue.Length + 8)])));
        }

        private bool Leads(string gap) =>
            gap.Length <= (words.Spaced ? MaxGap : MaxGapUnspaced)
            && gap.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MaxWords
            && !between.IsMatch(gap) && !negations.IsMatch(gap);

        private bool IsNegated(string before) =>
            negations.IsMatch(before.Length > MaxGap ? before[^MaxGap..] : before) && !reminders.IsMatch(before);

        private static Regex Whole(string pattern, bool spaced) => new(
            spaced ? $"{NoWordBefore}(?:{PlainWords.Of(pattern)}){NoWordAfter}" : $"(?:{PlainWords.Of(pattern)})",
            RegexOptions.CultureInvariant,
            Patience);
    }
}
