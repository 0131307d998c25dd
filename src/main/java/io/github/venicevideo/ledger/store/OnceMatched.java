package io.github.venicevideo.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Rows as records. Which column goes where is matched once for each statement: matching costs more than most statements do,
 * and a claim that finds nothing runs many times a second.
 */
public final class OnceMatched<T> implements RowMapper<T> {

    /** Statements with lists of different lengths are different statements. */
    private static final int MOST = 500;

    private final RowMapper<T> mapper;
    private final Map<String, RowMapper<T>> matched = new ConcurrentHashMap<>();

    public OnceMatched(Class<T> type) {
        this.mapper = ConstructorMapper.of(type);
    }

    @Override
    public T map(ResultSet rows, StatementContext context) throws SQLException {
        return specialize(rows, context).map(rows, context);
    }

    @Override
    public RowMapper<T> specialize(ResultSet rows, StatementContext context) throws SQLException {
        String sql = context.getParsedSql().getSql();
        RowMapper<T> known = matched.get(sql);
        if (known == null) {
            known = mapper.specialize(rows, context);
            if (matched.size() < MOST) {
                matched.put(sql, known);
            }
        }
        return known;
    }
}
