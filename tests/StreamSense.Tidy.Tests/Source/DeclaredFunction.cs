namespace StreamSense.Tidy.Tests.Source;

/// <summary>A function with a body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">The line where its body begins, from 1.</param>
/// <param name="BodyLines">How many lines the body has, braces included.</param>
internal sealed record DeclaredFunction(string Name, int Line, int BodyLines);
