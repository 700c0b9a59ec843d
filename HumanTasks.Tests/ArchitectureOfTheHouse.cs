using System.Reflection;
using System.Reflection.Emit;

namespace HumanTasks.Tests;

/// <summary>
/// Arrows between rooms point one way. What a method's code, a member's type or an attribute names is an arrow from the
/// namespace that it stands in to the namespace of what it names.
/// </summary>
public sealed class ArchitectureOfTheHouse
{
    private static readonly OpCode[] OpCodes =
        [.. typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!)];

    private static readonly Dictionary<short, OpCode> ByValue = OpCodes.ToDictionary(code => code.Value);

    [Theory]
    [InlineData("HumanTasks.Core")]
    [InlineData("HumanTasks.Web")]
    [InlineData("HumanTasks.Standalone")]
    [InlineData("HumanTasks.Functions")]
    public void The_rooms_of_a_project_name_each_other_in_one_direction(string project)
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, project + ".dll")))
        {
            return; // the Azure host is there when the suite is built against its packages or contracts
        }

        var arrows = ArrowsOf(Assembly.Load(project));
        var circles = CirclesIn(arrows.Keys);

        Assert.True(circles.Count == 0, string.Join(Environment.NewLine, circles.Select(circle =>
            string.Join(" -> ", circle) + Environment.NewLine + string.Join(Environment.NewLine, circle.Zip(circle.Skip(1)).Select(arrow =>
                $"    {arrow.First} -> {arrow.Second}: {string.Join(", ", arrows[arrow].Take(5))}")))));
    }

    [Fact]
    public void Core_names_no_host_and_no_framework_of_the_web()
    {
        var named = Assembly.Load("HumanTasks.Core").GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(named, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Azure.", StringComparison.Ordinal)
            || name.StartsWith("HumanTasks.", StringComparison.Ordinal));
    }

    /// <summary>What would have to be guarded against injection if it were used; HumanTasks.Web leaves its costly rules off.</summary>
    [Fact]
    public void Where_requests_are_read_nothing_reaches_SQL_processes_XPath_XAML_or_libraries()
    {
        string[] sinks = ["System.Data.Common", "Microsoft.Data.Sqlite", "System.Diagnostics.Process", "System.Xml.XPath", "System.Xml.XPath.XDocument", "System.Xaml", "System.Runtime.Loader"];

        var named = Assembly.Load("HumanTasks.Core").GetReferencedAssemblies().Concat(Assembly.Load("HumanTasks.Web").GetReferencedAssemblies());

        Assert.Empty(named.Select(assembly => assembly.Name!).Intersect(sinks));
    }

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
    private static List<List<string>> CirclesIn(IEnumerable<(string From, string To)> arrows)
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

    private static IEnumerable<Type> NamedBy(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
            | BindingFlags.DeclaredOnly;
        List<Type?> named = [type.BaseType, .. type.GetInterfaces()];
        named.AddRange(type.GetFields(All).Select(field => field.FieldType));
        foreach (var method in type.GetMembers(All).OfType<MethodBase>())
        {
            named.AddRange(method.GetParameters().Select(parameter => parameter.ParameterType));
            named.Add((method as MethodInfo)?.ReturnType);
            named.AddRange(InCodeOf(method));
        }

        return named.OfType<Type>().SelectMany(Parts).Distinct();
    }

    private static IEnumerable<Type?> InCodeOf(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code)
        {
            yield break;
        }

        foreach (var local in body.LocalVariables)
        {
            yield return local.LocalType;
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
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
                yield return member as Type ?? member?.DeclaringType;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (var argument in generic.GetGenericArguments())
                    {
                        yield return argument;
                    }
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
