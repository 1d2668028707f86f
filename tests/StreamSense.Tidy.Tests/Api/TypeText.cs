using System.Reflection;

namespace StreamSense.Tidy.Tests.Api;

/// <summary>The name of a type as C# writes it, without its namespace.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char",
    };

    /// <summary>The name, with a question mark if it is a reference that may be null.</summary>
    public static string Of(Type type, NullabilityState state) =>
        Of(type) + (state is NullabilityState.Nullable && !type.IsValueType ? "?" : string.Empty);

    /// <summary>The name.</summary>
    public static string Of(Type type)
    {
        if (_keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        return type switch
        {
            { IsGenericParameter: true } => type.Name,
            { IsByRef: true } => $"ref {Of(type.GetElementType()!)}",
            { IsPointer: true } => $"{Of(type.GetElementType()!)}*",
            { IsArray: true } => $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]",
            _ when Nullable.GetUnderlyingType(type) is { } underlying => Of(underlying) + "?",
            _ => Named(type),
        };
    }

    /// <summary>Type arguments or parameters in angle brackets; empty if there are none.</summary>
    public static string Arguments(Type[] arguments) =>
        arguments.Length is 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(Of))}>";

    // A nested type's arguments begin with those of the type around it.
    private static string Named(Type type)
    {
        string before = type.DeclaringType is { } outer ? Of(outer) + "." : string.Empty;
        Type[] own = type.GetGenericArguments()[(type.DeclaringType?.GetGenericArguments().Length ?? 0)..];
        return $"{before}{type.Name.Split('`')[0]}{Arguments(own)}";
    }
}
