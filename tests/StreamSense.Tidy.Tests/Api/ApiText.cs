using System.Reflection;
using System.Runtime.CompilerServices;

namespace StreamSense.Tidy.Tests.Api;

/// <summary>The public members of an assembly, a line each, in an order that does not depend on the compiler.</summary>
/// <remarks>Each line carries its type's name, so that a difference can be read without its surroundings.</remarks>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines.</summary>
    public static string[] Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Lines)];

    private static IEnumerable<string> Lines(Type type)
    {
        string name = TypeText.Of(type);
        string after = string.Join(", ", Bases(type).Order(StringComparer.Ordinal));
        yield return $"{Kind(type)} {type.Namespace}.{name}{(after.Length > 0 ? " : " : string.Empty)}{after}";
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type))
        {
            foreach (string line in type.IsEnum ? EnumLines(type, name) : [MemberText.Of(type.GetMethod("Invoke")!, name)])
            {
                yield return line;
            }

            yield break;
        }

        IEnumerable<string> members = type.GetMembers(Declared).Where(IsVisible).Select(member => MemberText.Of(member, name));
        foreach (string line in members.Order(StringComparer.Ordinal))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> EnumLines(Type type, string name) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(field => Convert.ToInt64(field.GetRawConstantValue(), provider: null))
            .Select(field => $"  {name}.{field.Name} = {field.GetRawConstantValue()}");

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return [TypeText.Of(Enum.GetUnderlyingType(type))];
        }

        IEnumerable<Type> inherited = type.BaseType?.GetInterfaces() ?? [];
        Type? parent = type.BaseType;
        if (parent == typeof(object) || parent == typeof(ValueType) || parent == typeof(MulticastDelegate))
        {
            parent = null;
        }

        return type.GetInterfaces().Except(inherited).Where(contract => contract.IsVisible).Append(parent)
            .OfType<Type>().Select(TypeText.Of);
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsByRefLike: true } => "ref struct",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsVisible(MemberInfo member) => member switch
    {
        FieldInfo field => IsVisible(field.Attributes),
        ConstructorInfo constructor => IsReachable(constructor),
        MethodInfo method => IsReachable(method) && !IsWritten(method) && (!method.IsSpecialName || IsOperator(method)),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsReachable),
        EventInfo happening => happening.AddMethod is { } add && IsReachable(add),
        _ => false,
    };

    private static bool IsReachable(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    // What the compiler writes is there in every record and says nothing.
    private static bool IsWritten(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem
        && !attributes.HasFlag(FieldAttributes.SpecialName);
}
