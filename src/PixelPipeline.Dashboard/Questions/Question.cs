using System.Text.RegularExpressions;

namespace PixelPipeline.Dashboard.Questions;

/// <summary>A query, and the values that it gets.</summary>
/// <param name="Sql">GoogleSQL; no text from a request or a row is in it but as a parameter.</param>
/// <param name="Parameters">A value for each <c>@name</c> in it.</param>
public sealed partial record Question(string Sql, IReadOnlyList<Parameter> Parameters)
{
    /// <summary>The same question with its values written in, for people to run: <c>./pixel query '…'</c>.</summary>
    public string Statement => Named().Replace(
        Sql, found => Parameters.FirstOrDefault(p => p.Name == found.Groups[1].Value) is { } parameter ? SqlLiteral.Of(parameter.Value) : found.Value);

    [GeneratedRegex("@([a-z][a-z0-9]*)")]
    private static partial Regex Named();
}
