using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace StreamSense.Tidy.Tests.Api;

/// <summary>One member as a line of text.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext _nullability = new();

    /// <summary>The line, with the name of the type that has the member.</summary>
    public static string Of(MemberInfo member, string type) => "  " + member switch
    {
        FieldInfo field => Of(field, type),
        PropertyInfo property => Of(property, type),
        ConstructorInfo constructor => $"{Modifiers(constructor)}{type}.new({Parameters(constructor)})",
        MethodInfo method => $"{Modifiers(method)}{type}.{method.Name}{TypeText.Arguments(method.GetGenericArguments())}"
            + $"({Parameters(method)}) : {TypeText.Of(method.ReturnType, _nullability.Create(method.ReturnParameter).ReadState)}",
        EventInfo happening => $"event {type}.{happening.Name} : {TypeText.Of(happening.EventHandlerType!)}",
        _ => throw new NotSupportedException($"{type} has a member of a kind that has no text: {member}."),
    };

    private static string Of(FieldInfo field, string type)
    {
        string modifier = field switch
        {
            { IsLiteral: true } => "const ",
            { IsStatic: true, IsInitOnly: true } => "static readonly ",
            { IsStatic: true } => "static ",
            { IsInitOnly: true } => "readonly ",
            _ => string.Empty,
        };
        string value = field.IsLiteral ? " = " + Value(field.GetRawConstantValue()) : string.Empty;
        return $"{modifier}{type}.{field.Name} : {TypeText.Of(field.FieldType, _nullability.Create(field).ReadState)}{value}";
    }

    private static string Of(PropertyInfo property, string type)
    {
        MethodInfo accessor = property.GetMethod ?? property.SetMethod!;
        bool init = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        string get = property.GetMethod is { IsPrivate: false, IsAssembly: false } ? "get; " : string.Empty;
        string set = property.SetMethod is { IsPrivate: false, IsAssembly: false } ? (init ? "init; " : "set; ") : string.Empty;
        string index = property.GetIndexParameters() is { Length: > 0 } indices
            ? $"[{string.Join(", ", indices.Select(Of))}]"
            : string.Empty;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
        NullabilityInfo nullable = _nullability.Create(property);
        NullabilityState state = property.GetMethod is null ? nullable.WriteState : nullable.ReadState;
        string name = $"{required}{Modifiers(accessor)}{type}.{property.Name}{index}";
        return $"{name} : {TypeText.Of(property.PropertyType, state)} {{ {get}{set}}}";
    }

    private static string Modifiers(MethodBase method)
    {
        string reach = method.IsPublic ? string.Empty : "protected ";
        bool inherited = method is MethodInfo info && info.GetBaseDefinition() != info;
        string kind = method switch
        {
            { IsStatic: true, IsAbstract: true } => "static abstract ",
            { IsStatic: true } => "static ",
            { DeclaringType.IsInterface: true, IsAbstract: true } => string.Empty,
            { IsAbstract: true } => "abstract ",
            _ when inherited => "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => string.Empty,
        };
        return reach + kind;
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    private static string Of(ParameterInfo parameter)
    {
        string passing = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => string.Empty,
        };
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        string byDefault = parameter.HasDefaultValue ? " = " + Value(parameter.RawDefaultValue) : string.Empty;
        return $"{passing}{TypeText.Of(type, _nullability.Create(parameter).ReadState)} {parameter.Name}{byDefault}";
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
