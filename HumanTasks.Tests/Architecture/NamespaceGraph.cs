using System.Reflection;
using System.Reflection.Emit;

namespace HumanTasks.Tests.Architecture;

/// <summary>
/// The namespaces of an assembly and which of them name each other. What a method's code, a member's type or an attribute names
/// is an arrow from the namespace that it stands in to the namespace of what it names.
/// </summary>
internal static class NamespaceGraph
{
    private static readonly OpCode[] OpCodes =
        [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)];

    private static readonly Dictionary<short, OpCode> ByValue = OpCodes.ToDictionary(code => code.Value);

    /// <summary>Fails where the arrows between an assembly's namespaces form a circle, and lists what forms it.</summary>
    public static void AssertNoCircles(Assembly assembly)
    {
        var arrows = ArrowsOf(assembly);
        var circles = CirclesIn(arrows.Keys);

        Assert.NotEmpty(arrows);
        Assert.True(circles.Count == 0, string.Join(Environment.NewLine, circles.Select(circle =>
            string.Join(" -> ", circle) + Environment.NewLine + string.Join(Environment.NewLine, circle.Zip(circle.Skip(1)).Select(arrow =>
                $"    {arrow.First} -> {arrow.Second}: {string.Join(", ", arrows[arrow].Take(5))}")))));
    }

    /// <summary>The arrows, each with the types that make it.</summary>
    private static Dictionary<(string From, string To), SortedSet<string>> ArrowsOf(Assembly assembly)
    {
        Dictionary<(string, string), SortedSet<string>> arrows = [];
        foreach (var type in assembly.GetTypes().Where(type => !IsGenerated(type)))
        {
            var from = type.Namespace ?? "";
            foreach (var named in NamedBy(type).Where(named => named.Assembly == assembly && (named.Namespace ?? "") != from && !IsGenerated(Outermost(named))))
            {
                var arrow = (from, named.Namespace ?? "");
                if (!arrows.TryGetValue(arrow, out var examples))
                {
                    arrows.Add(arrow, examples = new SortedSet<string>(StringComparer.Ordinal));
                }

                examples.Add($"{Outermost(type).Name} names {Outermost(named).Name}");
            }
        }

        return arrows;
    }

    /// <summary>The shortest way back from each arrow's end to its beginning, where there is one.</summary>
    public static List<List<string>> CirclesIn(IEnumerable<(string From, string To)> arrows)
    {
        var next = arrows.ToLookup(arrow => arrow.From, arrow => arrow.To);
        List<List<string>> circles = [];
        foreach (var start in next.Select(room => room.Key))
        {
            Queue<List<string>> ways = new([[start]]);
            HashSet<string> seen = [];
            while (ways.TryDequeue(out var way))
            {
                foreach (var room in next[way[^1]])
                {
                    if (room == start)
                    {
                        if (circles.All(circle => !circle.Contains(start)))
                        {
                            circles.Add([.. way, room]);
                        }

                        ways.Clear();
                        break;
                    }

                    if (seen.Add(room))
                    {
                        ways.Enqueue([.. way, room]);
                    }
                }
            }
        }

        return circles;
    }

    /// <summary>All types that a type names.</summary>
    public static IEnumerable<Type> NamedBy(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        List<Type?> named = [type.BaseType, .. type.GetInterfaces(), .. ByAttributes(type.CustomAttributes)];
        named.AddRange(type.GetFields(All).Select(field => field.FieldType));
        named.AddRange(type.GetMembers(All).SelectMany(member => ByAttributes(member.CustomAttributes)));
        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            named.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
            named.Add((method as MethodInfo)?.ReturnType);
            named.AddRange(method.GetParameters().SelectMany(parameter => ByAttributes(parameter.CustomAttributes)));
            named.AddRange(InCodeOf(method));
        }

        return named.OfType<Type>().SelectMany(Parts).Distinct();
    }

    /// <summary>The types of attributes and those that their arguments name.</summary>
    private static IEnumerable<Type> ByAttributes(IEnumerable<CustomAttributeData> attributes)
    {
        foreach (var attribute in attributes)
        {
            yield return attribute.AttributeType;
            foreach (var argument in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue)))
            {
                yield return argument.Value as Type ?? argument.ArgumentType;
            }
        }
    }

    /// <summary>The outermost types of an assembly whose code calls one of the methods.</summary>
    public static IEnumerable<Type> CallersIn(Assembly assembly, Func<MethodBase, bool> isMeant)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        return assembly.GetTypes()
            .Where(type => type.GetMembers(All).OfType<MethodBase>().SelectMany(MembersIn).OfType<MethodBase>().Any(isMeant))
            .Select(Outermost)
            .Distinct();
    }

    private static IEnumerable<Type?> InCodeOf(MethodBase method)
    {
        foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
        {
            yield return local.LocalType;
        }

        foreach (var member in MembersIn(method))
        {
            yield return member as Type ?? member.DeclaringType;
            if (member is MethodInfo { IsGenericMethod: true } generic)
            {
                foreach (var argument in generic.GetGenericArguments())
                {
                    yield return argument;
                }
            }
        }
    }

    /// <summary>The members that the code of a method names.</summary>
    private static IEnumerable<MemberInfo> MembersIn(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var operation = ByValue[value];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                if (method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod) is { } member)
                {
                    yield return member;
                }
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    // what compilers write: its namespaces are not rooms
    private static bool IsGenerated(Type type) =>
        (type.Namespace is null && type.Name.StartsWith('<'))
        || type.FullName!.StartsWith("System.", StringComparison.Ordinal)
        || type.FullName.StartsWith("Microsoft.", StringComparison.Ordinal)
        || type.FullName.StartsWith('<');
}
