using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>What there is most of in the last 30 days.</summary>
/// <param name="name">Names its files.</param>
/// <param name="title">Its heading.</param>
/// <param name="query">Gives names, counts and the time of each one's last, in the order of the page.</param>
/// <param name="nameColumn">What the names are, such as <c>user_id</c>.</param>
/// <param name="countColumn">What is counted, such as <c>events</c>.</param>
internal abstract class CountsPanel(string name, string title, string query, string nameColumn, string countColumn) : Panel(name, title)
{
    internal override Question Ask(EventTables tables, DateTime now)
    {
        var (from, to) = Spans.LastDays(now);
        return new Question(tables.NameIn(query), from, to);
    }

    internal override PanelContent Shape(Answer answer, Question question) =>
        new CountsContent(nameColumn, countColumn, [.. answer.Rows.Select(r => new NamedCount((string?)r[0], (long)r[1]!, (DateTime)r[2]!))]);
}
