namespace StreamSense.Tidy.Tests.Source;

public sealed class CodeOutlineTests
{
    [Theory]
    [InlineData("int a; // class X {", "int a; ")]
    [InlineData("x(\"a{b\", 'c', '\\'');", "x(, , );")]
    [InlineData("x(@\"a\"\"b\");y", "x();y")]
    [InlineData("x($\"{a(\"}\")}{{\");y", "x();y")]
    [InlineData("x($@\"{a[\"}\"]}\\\");y", "x();y")]
    [InlineData("x(\"\"\"a \"b\" {c\"\"\");y", "x();y")]
    [InlineData("x(\"\", $\"\");y", "x(, );y")]
    [InlineData("a /* class\nX */ b", "a \n b")]
    [InlineData("#region it's\nx", "\nx")]
    public void Blank_OfText_LeavesCodeWhereItWas(string text, string expectedWithoutBlanks)
    {
        string blanked = CodeText.Blank(text);

        Assert.Equal(text.Length, blanked.Length);
        Assert.Equal(expectedWithoutBlanks.Replace(" ", "", StringComparison.Ordinal), blanked.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Types_OfAFile_HaveKindModifiersAndLine()
    {
        CodeOutline outline = Outline(
            """
            namespace A.B;
            [Flags]
            public enum Colour { Red }
            public sealed class Box<T>(int size = 3)
                where T : class
            {
                private readonly record struct Inner(int Value);
            }
            public delegate void Rang(int times);
            """);

        Assert.Equal(
            ["enum Colour 3", "class Box 4", "record struct Inner 7", "delegate Rang 9"],
            outline.Types.Select(type => $"{type.Kind} {type.Name} {type.Line}"));
        Assert.Equal(["Inner"], outline.Types.Where(type => type.IsNested).Select(type => type.Name));
        Assert.Equal(["Box"], outline.Types.Where(type => type.Is("sealed")).Select(type => type.Name));
    }

    [Fact]
    public void Functions_OfAType_HaveTheirBodiesLength()
    {
        CodeOutline outline = Outline(
            """
            class A
            {
                private static readonly int[] Table = new int[] {
                    1,
                };

                public int One => 1;

                public int Two(int x) =>
                    x is { } ? 2
                    : 3;

                public void Three()
                {
                    if (true) { x = new() { }; }
                }

                public static bool operator ==(A left, A right) { return true; }
            }
            """);

        Assert.Equal(
            ["One 1", "Two 3", "Three 3", "operator == 1"],
            outline.Functions.Select(function => $"{function.Name} {function.BodyLines}"));
    }

    private static CodeOutline Outline(string text) => new(CodeText.Blank(text));
}
