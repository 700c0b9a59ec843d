using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

/// <summary>
/// A cache of forms read without problems, by their exact bytes and reading options. The same definition is read often,
/// and forms are immutable.
/// </summary>
internal sealed class KnownForms
{
    /// <summary>The maximum size of all cached definitions. The parsed forms take a multiple of it.</summary>
    private const int MaxBytes = 4 << 20;

    private const int MaxBytesOfOne = MaxBytes / 64;

    private readonly ConcurrentDictionary<Key, Form> forms = new(new Comparer());
    private int bytes;

    public Form? Find(JsonElement definition, Problems problems, string? timeZone, string language) =>
        forms.GetAlternateLookup<Lookup>().TryGetValue(Lookup.Of(definition, problems, timeZone, language), out var form) ? form : null;

    public void Add(Form form, Problems problems, string? timeZone, string language)
    {
        var lookup = Lookup.Of(form.Definition, problems, timeZone, language);
        if (lookup.Json.Length > MaxBytesOfOne || !forms.GetAlternateLookup<Lookup>().TryAdd(lookup, form))
        {
            return;
        }

        if (Interlocked.Add(ref bytes, lookup.Json.Length) > MaxBytes)
        {
            Interlocked.Exchange(ref bytes, 0);
            forms.Clear();
        }
    }

    private readonly record struct Key(byte[] Json, string? TimeZone, string Language, bool Resolved, bool Stored, bool Literal);

    private readonly ref struct Lookup
    {
        public required ReadOnlySpan<byte> Json { get; init; }

        public required string? TimeZone { get; init; }

        public required string Language { get; init; }

        public required bool Resolved { get; init; }

        public required bool Stored { get; init; }

        public required bool Literal { get; init; }

        public static Lookup Of(JsonElement definition, Problems problems, string? timeZone, string language) => new()
        {
            Json = JsonMarshal.GetRawUtf8Value(definition),
            TimeZone = timeZone,
            Language = language,
            Resolved = problems.Resolved,
            Stored = problems.Stored,
            Literal = problems.Literal,
        };
    }

    private sealed class Comparer : IEqualityComparer<Key>, IAlternateEqualityComparer<Lookup, Key>
    {
        public bool Equals(Key x, Key y) =>
            x.Json.AsSpan().SequenceEqual(y.Json) && (x.TimeZone, x.Language, x.Resolved, x.Stored, x.Literal) == (y.TimeZone, y.Language, y.Resolved, y.Stored, y.Literal);

        public bool Equals(Lookup alternate, Key other) =>
            alternate.Json.SequenceEqual(other.Json)
            && (alternate.TimeZone, alternate.Language, alternate.Resolved, alternate.Stored, alternate.Literal)
                == (other.TimeZone, other.Language, other.Resolved, other.Stored, other.Literal);

        public int GetHashCode([DisallowNull] Key obj) => Hash(obj.Json);

        public int GetHashCode(Lookup alternate) => Hash(alternate.Json);

        public Key Create(Lookup alternate) =>
            new(alternate.Json.ToArray(), alternate.TimeZone, alternate.Language, alternate.Resolved, alternate.Stored, alternate.Literal);

        // The hash is seeded per process, so nobody can prepare forms that collide.
        private static int Hash(ReadOnlySpan<byte> json)
        {
            var hash = default(HashCode);
            hash.AddBytes(json);
            return hash.ToHashCode();
        }
    }
}
