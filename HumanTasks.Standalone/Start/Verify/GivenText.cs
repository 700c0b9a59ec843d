using System.Text.Json;

namespace HumanTasks.Standalone.Start.Verify;

/// <summary>A signed text as it was given, with what its file says about it, unsigned.</summary>
/// <param name="File">The file it was read from.</param>
/// <param name="Where">Its name in messages.</param>
/// <param name="Jws">The signed text.</param>
/// <param name="Item">The list entry it was read from; null if it stands alone.</param>
/// <param name="IsEnd">Whether a list calls it its head; null if nothing says what it is.</param>
internal sealed record GivenText(string File, string Where, string Jws, JsonElement? Item = null, bool? IsEnd = null);
