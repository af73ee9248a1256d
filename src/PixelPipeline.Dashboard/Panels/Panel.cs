using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>One part of the page: a question, and how its answer is shaped. Panels keep nothing.</summary>
public abstract class Panel
{
    private protected Panel(string name, string title) => (Name, Title) = (name, title);

    /// <summary>All panels, in the page's order.</summary>
    public static IReadOnlyList<Panel> All { get; } = [new MinutesPanel(), new DaysPanel(), new UsersPanel(), new RejectedPanel(), new NewestPanel()];

    /// <summary>Its name in addresses, such as <c>minutes</c> in <c>/panels/minutes.csv</c>: lower case letters.</summary>
    public string Name { get; }

    /// <summary>Its title for people.</summary>
    public string Title { get; }

    /// <summary>The question to ask at an instant.</summary>
    /// <param name="tables">The tables that it is about.</param>
    /// <param name="now">The instant, UTC.</param>
    internal abstract Question Ask(EventTables tables, DateTime now);

    /// <summary>Makes an answer what the panel shows: every minute or day of the question, whether it has events or not.</summary>
    internal abstract PanelContent Shape(Answer answer, Question question);

    /// <summary>Asks and shapes.</summary>
    internal virtual async Task<(Question Question, PanelContent Content)> ReadAsync(
        IAnswers answers, EventTables tables, DateTime now, CancellationToken cancellationToken)
    {
        var question = Ask(tables, now);
        return (question, Shape(await answers.AskAsync(question, cancellationToken), question));
    }
}
