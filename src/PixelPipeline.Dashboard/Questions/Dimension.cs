namespace PixelPipeline.Dashboard.Questions;

/// <summary>What events can be told apart by: a column, or what is made of one.</summary>
/// <param name="Name">In addresses: the column's name, or <see cref="ReferrerHost"/>.</param>
/// <param name="Column">The column that it reads.</param>
/// <param name="Type">The column's type as BigQuery's schema says it: <c>STRING</c>, <c>INTEGER</c>, …</param>
internal sealed record Dimension(string Name, string Column, string Type)
{
    /// <summary>The host of the page that a visitor came from.</summary>
    public const string ReferrerHost = "referrer_host";

    /// <summary>Its value as text, in SQL.</summary>
    public string Text => Name == ReferrerHost ? $"NET.HOST({Quoted})" : Type == "STRING" ? Quoted : $"CAST({Quoted} AS STRING)";

    /// <summary>The column in SQL; its name is of the table's own schema.</summary>
    public string Quoted => $"`{Column}`";
}
