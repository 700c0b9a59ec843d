using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Forms.Types;

/// <summary>For whom and over what texts were typed.</summary>
/// <param name="Numbers">Of the language of the page on which it was typed.</param>
/// <param name="Before">The values that may have stood there before; the field's own without them.</param>
internal sealed record TypedFor(NumberTable Numbers, IEnumerable<JsonNode?>? Before = null);
