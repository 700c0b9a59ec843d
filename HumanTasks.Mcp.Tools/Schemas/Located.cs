using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace HumanTasks.Mcp.Tools.Schemas;

/// <summary>A schema with its location.</summary>
/// <param name="Schema">An object, true or false.</param>
/// <param name="Pointer">The pointer into the arguments of the call.</param>
/// <param name="Way">The references that were followed to it. A repeated one is a recursion.</param>
internal sealed record Located(JsonNode? Schema, string Pointer, ImmutableHashSet<string> Way);
